"""Many rows into one table quickly, by PostgreSQL's COPY. Triggers and constraints still apply."""

import io
import json
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import Field, Model

_PLAIN = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(model: type[Model], rows: Sequence[Any]) -> None:
    """Insert unsaved instances whose keys nobody needs; what they point to has been saved."""
    fields = [f for f in model._meta.concrete_fields if not (f.primary_key or f.generated)]
    readers = [_reader(field) for field in fields]
    columns = [str(field.column) for field in fields]
    copy(model._meta.db_table, columns, ([read(row) for read in readers] for row in rows))


def _reader(field: "Field[Any, Any]") -> Callable[[Any], Any]:
    # An instance pointed to that had no key when it was given has one now.
    return attrgetter(field.name if field.many_to_one else field.attname)


def copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values, in order."""
    file = io.StringIO()
    for row in rows:
        file.write("\t".join(map(_text, row)))
        file.write("\n")
    file.seek(0)
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY {quote(table)} ({names}) FROM STDIN", file)


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    return str(value).translate(_PLAIN) if isinstance(value, str) else str(value)
