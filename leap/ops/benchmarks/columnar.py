"""The same counts in DuckDB: a second yardstick for the night, and a second opinion on its counts.

DuckDB reads PostgreSQL's SQL but for what `statement` changes, so that the very statements of the
night are run, over copies of the tables that they read.
"""

import re
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from django.db import connection

from outcomes.calculation import counting
from outcomes.indicators import INDICATORS, Indicator
from outcomes.periods import Period

TYPES = {
    "bigint": "BIGINT", "integer": "INTEGER", "smallint": "SMALLINT", "boolean": "BOOLEAN",
    "date": "DATE", "timestamp with time zone": "TIMESTAMPTZ", "numeric": "DOUBLE",
    "double precision": "DOUBLE",
}  # fmt: skip
RANGE = "tstzrange"  # of which only the beginning is read, and so copied
DIALECT = {
    # Lists are unnested one beside the other in the select list alone.
    "SELECT * FROM unnest(%(codes)s::text[], %(starts)s::date[], %(ends)s::date[])": (
        "SELECT unnest(%(codes)s::text[]), unnest(%(starts)s::date[]), unnest(%(ends)s::date[])"
    ),
    # What depends on a key is grouped by name.
    "GROUP BY contact.id": "GROUP BY contact.id, contact.occurred_on, contact.outcome",
}
Counts = dict[tuple[str, str, str], tuple[int, ...]]
TABLE = re.compile(r"\b(?:families|leap_sites|referrals|reference_data|outcomes)_[a-z]+\b(?!\.|_)")


def copied(indicators: Sequence[Indicator]) -> duckdb.DuckDBPyConnection:
    """DuckDB with all that these indicators read, in memory and on one thread."""
    copy = duckdb.connect(config={"threads": 1})
    copy.execute("SET TimeZone = 'Europe/London'")
    copy.execute("CREATE MACRO lower(moment) AS moment")  # of a range there is its beginning
    tables = set().union(*(TABLE.findall(counting.counts_sql([one])) for one in indicators))
    with tempfile.TemporaryDirectory() as folder:
        for table in sorted(tables):
            _copy(table, Path(folder, f"{table}.csv"), copy)
    return copy


def _copy(table: str, path: Path, copy: duckdb.DuckDBPyConnection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            [table],
        )
        columns = dict(cursor.fetchall())
        chosen = [
            f'lower("{name}") AS "{name}"' if kind == RANGE else f'"{name}"'
            for name, kind in columns.items()
        ]
        with path.open("w", encoding="utf-8") as out:
            cursor.copy_expert(
                f"COPY (SELECT {', '.join(chosen)} FROM {table}) TO STDOUT (FORMAT csv, HEADER)",
                out,
            )
    kinds = {
        name: "TIMESTAMPTZ" if kind == RANGE else TYPES.get(kind, "VARCHAR")
        for name, kind in columns.items()
    }
    lines = f"read_csv('{path}', columns = {kinds})"
    copy.execute(f"CREATE TABLE {table} AS FROM {lines}")
    path.unlink()


def statement(indicators: Sequence[Indicator]) -> str:
    """The night's own, in DuckDB's dialect."""
    sql = counting.counts_sql(indicators)
    for ours, theirs in DIALECT.items():
        sql = sql.replace(ours, theirs)
    sql = re.sub(r"\bSELECT(\s+FROM)\b", r"SELECT 1\1", sql)
    return re.sub(r"%\((\w+)\)s", r"$\1", sql).replace("%%", "%")


def count_everything(
    copy: duckdb.DuckDBPyConnection, periods: Sequence[Period], as_at: date
) -> Counts:
    """Of each indicator, period and area where anybody is: who meets it, is in it, is known."""
    counts: Counts = {}
    for sharing in counting.indicators_by_population(INDICATORS.values()):
        sql = statement(sharing)
        for period, area, *numbers in copy.execute(sql, _read(sql, periods, as_at)).fetchall():
            for place, indicator in enumerate(sharing):
                counts[indicator.code, period, area] = tuple(numbers[place * 3 : place * 3 + 3])
    return counts


def _read(sql: str, periods: Sequence[Period], as_at: date) -> Mapping[str, Any]:
    """Those parameters that the statement names: DuckDB refuses others."""
    named = set(re.findall(r"\$(\w+)", sql))
    return {k: v for k, v in counting.parameters(periods, as_at).items() if k in named}
