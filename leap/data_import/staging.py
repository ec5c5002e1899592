"""Rows laid out in temporary tables, where everything after reading happens.

Each file has a table `in_<name>` with its columns and the line each row begins on. A row with a
problem is there too, so that what refers to it is not called unknown; its unreadable cells are
NULL. `problem` holds what is wrong, wherever it was found; `remark` what is said of rows that come
in all the same; `filled` the rows of LEAP in which a blank was filled in. All of it goes with the
transaction.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection

from leap.data_import.csv_reader import CsvSource
from leap.data_import.formats import FORMATS, FileRow

BATCH = 5_000  # rows of an answer at a time
OFTEN = 20_000  # rows between two words of progress
FULL = 500_000  # characters on their way to the database
MANY = 1_000  # new rows after which the planner must be told
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
    temporary("remark", "(file text, line integer, place text, reason text)")
    temporary("filled", "(name text, id bigint)")
    for file_format in FORMATS:
        columns = ", ".join(f"{name} {kind}" for name, kind in file_format.staged)
        temporary(file_format.table, f"(line integer, {columns})")


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


def stage(source: CsvSource, rows: Iterable[FileRow], progress: Callable[[int], None]) -> None:
    """Copy the rows of a file, and their problems, into the staging tables."""
    file_format = source.format
    names = [name for name, _ in file_format.staged]
    staged, problems = Copying(file_format.table, "line", *names), Copying("problem", *PROBLEM)
    for done, row in enumerate(rows, start=1):
        staged.add(row.line, *(row.values[name] for name in names))
        for place, reason in row.problems:
            problems.add(file_format.file, row.line, place, reason)
        if done % OFTEN == 0:
            progress(done)
    staged.flush()
    problems.flush()
    run(f"ANALYZE {file_format.table}")


class Copying:
    """Rows on their way into a table by COPY, some at a time, however long they are.

    None is written as nothing, and read back as NULL.
    """

    def __init__(self, table: str, *columns: str) -> None:
        self.sql = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT csv)"
        self.buffer = io.StringIO()
        self.writer = csv.writer(self.buffer)

    def add(self, *row: Any) -> None:
        self.writer.writerow(row)
        if self.buffer.tell() > FULL:
            self.flush()

    def flush(self) -> None:
        self.buffer.seek(0)
        with connection.cursor() as cursor:
            cursor.copy_expert(self.sql, self.buffer)
        self.buffer.seek(0)
        self.buffer.truncate()
