"""A prepared statement answers what its text would answer, whatever its parameters are."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import psycopg2.extensions
import pytest
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange, Jsonb

from tests.prepared_statements.conftest import prepared

DAY = date(2024, 2, 29)
MOMENT = datetime(2024, 3, 31, 1, 30, tzinfo=UTC)
VALUES = {
    "words": "O’Brien said: 100% %s $1 \\ ' \"",
    "no words": "",
    "arabic": "مريم",
    "nothing": None,
    "yes": True,
    "small": 7,
    "negative": -7,
    "large": 2**31,
    "very large": 2**63,
    "decimal": Decimal("0.10"),
    "whole decimal": Decimal(5),
    "negative whole decimal": Decimal(-5),
    "decimal with an exponent": Decimal("1E+3"),
    "signalling decimal": Decimal("sNaN"),
    "smallest": -(2**31),
    "very small": -(2**63),
    "clock elsewhere": time(8, 15, tzinfo=UTC),
    "list of decimals": [Decimal(1), Decimal("0.5")],
    "float": 1e-9,
    "not a number": float("nan"),
    "day": DAY,
    "moment": MOMENT,
    "local moment": datetime(2024, 2, 29, 8, 15),  # noqa: DTZ001 without a zone is what is tried
    "clock": time(8, 15),
    "span": timedelta(days=3, minutes=1),
    "uuid": UUID(int=1),
    "json": Jsonb({"a": [1, "%"]}),
    "days": DateRange(DAY, None),
    "hours": DateTimeTZRange(MOMENT, MOMENT + timedelta(hours=1)),
    "numbers": [1, 2],
    "large numbers": [1, 2**40],
    "list of words": ["a", "b%"],
    "list with nothing": ["a", None],
    "list of days": [DAY],
    "list of uuids": [UUID(int=1)],
    "empty list": [],
    "lists": [[1], [2]],
    "tuple": ("a", "b"),
}
STATEMENTS = {
    "selected": "SELECT %s AS a, pg_typeof(%s)::text, %s IS NULL",
    "in a table": "SELECT a FROM (VALUES (%s), (%s)) AS rows (a) WHERE a IS NOT DISTINCT FROM %s",
    "divided": "SELECT 7 / nullif(%s, 0), %s, %s",
    "in quotes": "SELECT %s, %s, '%s'",
    "by column": "SELECT a FROM (VALUES (%s), (%s)) AS rows (a) ORDER BY %s",
    "percent": "SELECT %s, '100%%'::text, %s, 5 %% 3, %s",
}


def answers(connection, sql, parameters, times):
    """Each answer with the types of its columns, as a prepared statement and as text."""
    for factory in [None, psycopg2.extensions.cursor]:
        for _ in range(times):
            with connection.connection.cursor(cursor_factory=factory) as cursor:
                try:
                    cursor.execute(sql, parameters)
                except psycopg2.Error as error:
                    yield type(error), str(error).partition("\n")[0]
                else:
                    yield cursor.fetchall(), [column.type_code for column in cursor.description]


@pytest.mark.parametrize("sql", STATEMENTS.values(), ids=STATEMENTS)
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_the_answer_is_that_of_the_text(connection, sql, value):
    connection.ensure_connection()
    first, *others = answers(connection, sql, [value] * 3, times=4)

    assert [repr(answer) for answer in others] == [repr(first)] * 7


@pytest.mark.parametrize(
    "value",
    ["a", None, True, 7, 2**31, Decimal("0.1"), DAY, MOMENT, UUID(int=1), [1], ["a"], []],
    ids=str,
)
def test_it_has_been_prepared(connection, value):
    connection.ensure_connection()
    list(answers(connection, "SELECT %s", [value], times=4))

    assert prepared(connection) == ["SELECT $1"]


@pytest.mark.parametrize("parameters", [{"day": DAY, "words": "a"}, {"words": None, "day": DAY}])
def test_parameters_by_name_may_stand_twice(connection, parameters):
    connection.ensure_connection()
    sql = "SELECT %(words)s, %(day)s, %(day)s + 1, %(words)s::text IS NULL"
    first, *others = answers(connection, sql, parameters, times=4)

    assert others == [first] * 7
    assert len(prepared(connection)) == 1


def test_values_of_another_type_are_another_statement(connection):
    connection.ensure_connection()
    for value, kind in [(1, "integer"), (2**40, "bigint"), ("1", "text"), (DAY, "date")] * 5:
        with connection.connection.cursor() as cursor:
            cursor.execute("SELECT pg_typeof(%s)::text", [value])
            assert cursor.fetchall() == [(kind if kind != "text" else "unknown",)]
    assert len([text for text in prepared(connection) if "pg_typeof" in text]) >= 3


def test_django_shows_the_values(connection, settings):
    for _ in range(4):
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s, %s", ["O'Brien", 7])
            shown = connection.ops.last_executed_query(cursor, "SELECT %s, %s", ["O'Brien", 7])
            assert shown == "SELECT 'O''Brien', 7"
