"""Rows laid out in temporary tables, where everything after reading happens.

Each file has a table `in_<name>` with its columns and the line each row begins on. A row with a
problem is there too, so that what refers to it is not called unknown; its unreadable cells are
NULL. `problem` holds what is wrong, wherever it was found; `filled` the rows of LEAP in which a
blank was filled in. All of it goes with the transaction.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection

from leap.records.formats import FORMATS, Format, Row
from leap.records.reading import Source

BATCH = 5_000
MANY = 1_000
Params = Mapping[str, str | int | datetime]
PROBLEM = ("file", "line", "place", "reason")


def run(sql: str, params: Params | None = None) -> int:
    """Carry out one statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def bring(table: str, sql: str, params: Params | None = None) -> int:
    """Insert new rows into one of LEAP's tables; how many.

    The planner is told when they are many: the statements that follow in this transaction would
    otherwise be planned for the table as it was.
    """
    brought = run(sql, params)
    if brought > MANY:
        run(f"ANALYZE {table}")
    return brought


def ask(sql: str, params: Params | None = None) -> list[tuple[Any, ...]]:
    """The rows of a query that has few."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def count(query: str) -> int:
    """How many rows a query has."""
    ((rows,),) = ask(f"SELECT count(*) FROM ({query}) AS counted")
    return int(rows)


@contextmanager
def asking(sql: str, params: Params | None = None) -> Iterator[Iterator[tuple[Any, ...]]]:
    """The rows of a query that may have very many, a few thousand at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        yield iter(lambda: cursor.fetchmany(BATCH), [])


def make_tables() -> None:
    """Empty staging tables, for files that are not there too: statements are always the same."""
    temporary("problem", "(file text, line integer, place text, reason text)")
    temporary("filled", "(name text, id bigint)")
    for each in FORMATS:
        columns = ", ".join(f"{name} {kind}" for name, kind in each.staged)
        temporary(each.table, f"(line integer, {columns})")


def temporary(table: str, rest: str, params: Params | None = None) -> None:
    """A temporary table of this transaction: `rest` is its columns, or AS and a query."""
    run(f"DROP TABLE IF EXISTS pg_temp.{table} CASCADE")
    definition, query = (rest, "") if rest.startswith("(") else ("", rest)
    run(f"CREATE TEMPORARY TABLE {table} {definition} ON COMMIT DROP {query}", params)


def view(name: str, query: str) -> None:
    """A temporary view; it goes with the temporary tables it stands on."""
    run(f"CREATE TEMPORARY VIEW {name} AS {query}")


def index(table: str, *columns: str) -> None:
    """Index a temporary table, and tell the planner what is in it; nothing else would."""
    for column in columns:
        run(f"CREATE INDEX ON {table} ({column})")
    run(f"ANALYZE {table}")


def stage(source: Source, rows: Iterable[Row], progress: Callable[[int], None]) -> None:
    """Copy the rows of a file, and their problems, into the staging tables."""
    reading = iter(rows)
    done = 0
    while batch := list(islice(reading, BATCH)):
        _copy_rows(source.format, batch)
        _copy_problems(source.format, batch)
        done += len(batch)
        progress(done)
    run(f"ANALYZE {source.format.table}")


def _copy_rows(each: Format, batch: list[Row]) -> None:
    names = [name for name, _ in each.staged]
    copy(
        each.table,
        ("line", *names),
        ((row.line, *(row.values[name] for name in names)) for row in batch),
    )


def _copy_problems(each: Format, batch: list[Row]) -> None:
    problems = [
        (each.file, row.line, place, reason) for row in batch for place, reason in row.problems
    ]
    if problems:
        copy("problem", PROBLEM, problems)


def copy(table: str, columns: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """COPY rows into a table. None is written as nothing, and read back as NULL."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    buffer.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT csv)", buffer)
