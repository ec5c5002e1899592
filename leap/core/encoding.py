"""What has to hold of a database that somebody brings, so that names of every script are kept."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import Error, Tags, register
from django.db import connections

NOT_UTF8 = (
    "The database keeps text as {}, in which most names cannot be written. Make one with"
    " CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0 and point DATABASE_URL at it. Its locale"
    " may be any."
)


@register(Tags.database)
def keeps_every_script(databases: Sequence[str] | None = None, **_: Any) -> list[Error]:
    """An error for each database whose encoding cannot hold a name in any script: `migrate`, with
    which everything starts, says it and stops."""
    errors = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute("SHOW server_encoding")
            (encoding,) = cursor.fetchone() or ("",)
        if encoding != "UTF8":
            errors.append(Error(NOT_UTF8.format(encoding), id="leap.E001"))
    return errors
