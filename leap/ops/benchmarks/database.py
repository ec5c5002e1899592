"""A database of its own for measuring, beside the one in use, gone again afterwards."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from leap.ops.benchmarks import population
from leap.ops.runtime import schema


@contextmanager
def filled_database(children: int, database_url: str, *, until: date) -> Iterator[str]:
    """A database with that many children, which Django uses inside the block; its address."""
    with migrated_database(
        f"leap_bench_{children}", database_url, lambda: population.fill(children, until=until)
    ) as address:
        yield address


@contextmanager
def migrated_database(name: str, database_url: str, fill: Callable[[], None]) -> Iterator[str]:
    """A migrated database of this name with what `fill` puts in, used inside the block."""
    previous = str(connection.settings_dict["NAME"])
    _execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
    use(name)
    try:
        schema.bring_up_to_date()  # and known to be: commands that join need not
        fill()
        yield urlunsplit(urlsplit(database_url)._replace(path=f"/{name}"))
    finally:
        use(previous)
        _execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def use(name: str) -> None:
    """Go on in another database of the same server."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
