"""What psycopg2 would write into the text of a statement, as parameters of a prepared one."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange, Jsonb

UNKNOWN = "unknown"  # as a quoted literal: PostgreSQL takes the type from where it stands
_PLACEHOLDER = re.compile(r"%(?:(?P<escaped>%)|s|\((?P<name>\w+)\)s)")
_INT4 = 2**31
_INT8 = 2**63
# The type of the literal that psycopg2 writes for a value of just this class.
_TYPES: dict[type, str] = {
    type(None): UNKNOWN,
    bool: "boolean",
    date: "date",
    timedelta: "interval",
    UUID: "uuid",
    Jsonb: "jsonb",
    DateRange: "daterange",
    DateTimeTZRange: "tstzrange",
}


def type_of(value: Any) -> str | None:
    """The type that PostgreSQL gives to the literal of `value`; None where we do not know."""
    cls = type(value)
    if read_type := _READ_FROM_VALUE.get(cls):
        return read_type(value)
    return _TYPES.get(cls) or (UNKNOWN if isinstance(value, str) else None)


def _integer_type(value: int) -> str:
    if -_INT4 <= value < _INT4:
        return "integer"
    return "bigint" if -_INT8 <= value < _INT8 else "numeric"


def _float_type(value: float) -> str | None:
    return "numeric" if isfinite(value) else None  # written as 'NaN'::float


def _decimal_type(value: Decimal) -> str | None:
    if not value.is_finite():
        return None
    is_whole = str(value).lstrip("-").isdigit()  # written as an integer would be
    return _integer_type(int(value)) if is_whole else "numeric"


def _clock_type(value: time) -> str:
    return "timetz" if value.tzinfo else "time"


def _moment_type(value: datetime) -> str:
    return "timestamptz" if value.tzinfo else "timestamp"


def _array_type(values: list[Any]) -> str | None:
    kinds = {type_of(value) for value in values if value is not None}
    if not kinds:
        return UNKNOWN if not values else None  # '{}', or an ARRAY of nothing but NULL
    if kinds <= {"integer", "bigint"}:
        return "bigint[]" if "bigint" in kinds else "integer[]"
    if len(kinds) > 1 or None in kinds or any(isinstance(value, list) for value in values):
        return None
    kind = kinds.pop()
    return "text[]" if kind == UNKNOWN else f"{kind}[]"


_READ_FROM_VALUE: dict[type, Callable[[Any], str | None]] = {
    int: _integer_type,
    float: _float_type,
    Decimal: _decimal_type,
    datetime: _moment_type,
    time: _clock_type,
    list: _array_type,
}


@lru_cache(maxsize=1000)
def numbered(sql: str) -> tuple[str, tuple[str | None, ...]]:
    """The statement with $1, $2 … for its placeholders, and the name of each (None by order)."""
    names: list[str | None] = []

    def number(found: re.Match[str]) -> str:
        if found["escaped"]:
            return "%"
        names.append(found["name"])
        return f"${len(names)}"

    return _PLACEHOLDER.sub(number, sql), tuple(names)


def in_order(
    names: Sequence[str | None], parameters: Sequence[Any] | Mapping[str, Any]
) -> list[Any]:
    """A value for each placeholder, one that stands twice given twice."""
    if isinstance(parameters, Mapping):
        return [parameters[name] for name in names if name]
    return list(parameters)
