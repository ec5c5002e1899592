"""When a statement is prepared, what becomes of it, and that it follows what changes around it."""

from contextlib import nullcontext

import pytest
from django.db import DatabaseError, InternalError, OperationalError

from leap.core.prepared_statements import cursor as cursors
from tests.prepared_statements.conftest import in_transaction, prepared, run

STATEMENT = "SELECT relname FROM pg_class WHERE oid = %s"


def run_often(connection, sql, parameters=None):
    return [run(connection, sql, parameters) for _ in range(cursors.SENT_BEFORE + 2)]


def test_it_is_prepared_when_it_is_sent_for_the_third_time(connection):
    for count in range(1, 5):
        run(connection, STATEMENT, [count])
        assert len(prepared(connection)) == (count > cursors.SENT_BEFORE)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT relname FROM pg_class WHERE relname LIKE %s",
        "SELECT relname FROM pg_class WHERE relname %% %s",
        "SELECT relname FROM pg_class WHERE relname = %s; SELECT 1",
        "SELECT INTERVAL %s",
        "SHOW search_path /* %s */",
    ],
)
@pytest.mark.parametrize("is_atomic", [False, True])
def test_what_is_not_to_be_prepared_is_sent_as_text(connection, sql, is_atomic):
    """A transaction in which PostgreSQL refuses to prepare it goes on."""
    with in_transaction(connection) if is_atomic else nullcontext():
        answers = run_often(connection, sql, ["1 day"])

    assert answers == answers[:1] * len(answers)
    assert prepared(connection) == []


def test_writing_is_prepared_too(connection):
    run(connection, "CREATE TEMPORARY TABLE lines (at integer, note text)")
    run_often(connection, "INSERT INTO lines VALUES (%s, %s)", [1, "a"])
    run_often(connection, "UPDATE lines SET note = note || %s WHERE at = %s", ["b", 1])

    assert run(connection, "SELECT DISTINCT note FROM lines") == [("abbbb",)]
    assert [text.split()[0] for text in prepared(connection)] == ["INSERT", "UPDATE"]


def test_the_one_that_was_not_used_longest_is_deallocated(connection, monkeypatch):
    monkeypatch.setattr(cursors, "MOST_PREPARED", 3)
    for number in (1, 2, 3, 1, 4, 5):
        run_often(connection, f"SELECT {number}")

    assert prepared(connection)[-2:] == ["SELECT 4", "SELECT 5"]
    assert "SELECT 2" not in prepared(connection)


def test_what_is_counted_is_bounded(connection, monkeypatch):
    monkeypatch.setattr(cursors, "MOST_COUNTED", 10)
    for number in range(30):
        run(connection, f"SELECT {number}")

    assert len(connection.connection.counts) == 10


def test_a_failed_transaction_says_that_it_has_failed(connection):
    run_often(connection, STATEMENT, [1])
    with in_transaction(connection, commits=False):
        with pytest.raises(DatabaseError, match="division by zero"):
            run(connection, "SELECT 1 / 0")
        with pytest.raises(DatabaseError, match="current transaction is aborted"):
            run(connection, STATEMENT, [1])
    assert run(connection, STATEMENT, [1]) == []


def test_a_rolled_back_transaction_leaves_it_prepared(connection):
    with in_transaction(connection, commits=False):
        run_often(connection, STATEMENT, [1])

    assert run(connection, STATEMENT, [1]) == []
    assert len(prepared(connection)) == 1


def test_it_follows_the_search_path(connection):
    with in_transaction(connection, commits=False):
        for schema in ("one", "two"):
            run(connection, f"CREATE SCHEMA {schema}")
            run(connection, f"CREATE TABLE {schema}.place AS SELECT '{schema}'::text AS name")
        for schema in ("one", "two", "one"):
            run(connection, f"SET LOCAL search_path = {schema}")
            answers = run_often(connection, "SELECT name FROM place")
            assert answers == [[(schema,)]] * len(answers)


def test_it_follows_a_table_that_changes(connection):
    run(connection, "CREATE TEMPORARY TABLE place AS SELECT 1 AS number")
    run_often(connection, "SELECT number FROM place")
    run_often(connection, "SELECT * FROM place")
    run(connection, "ALTER TABLE place ADD name text DEFAULT 'Larkhall'")
    run(connection, "CREATE INDEX ON place (number)")

    assert run(connection, "SELECT number FROM place") == [(1,)]
    assert run(connection, "SELECT * FROM place") == [(1, "Larkhall")]


def test_in_a_transaction_a_table_that_has_changed_fails_once(connection):
    run(connection, "CREATE TEMPORARY TABLE place AS SELECT 1 AS number")
    run_often(connection, "SELECT * FROM place")
    run(connection, "ALTER TABLE place ADD name text DEFAULT 'Larkhall'")

    with pytest.raises(DatabaseError, match="cached plan"), in_transaction(connection):
        run(connection, "SELECT * FROM place")
    with in_transaction(connection):
        assert run(connection, "SELECT * FROM place") == [(1, "Larkhall")]


def test_what_somebody_deallocated_is_sent_again(connection):
    run_often(connection, STATEMENT, [1])
    run(connection, "DEALLOCATE ALL")

    assert run_often(connection, STATEMENT, [1])[0] == []
    assert len(prepared(connection)) == 1


def test_a_lost_connection_takes_it_along(connection):
    run_often(connection, STATEMENT, [1])
    with pytest.raises((OperationalError, InternalError)):
        run(connection, "SELECT pg_terminate_backend(pg_backend_pid())")
    connection.close()

    assert prepared(connection) == []
    assert run_often(connection, STATEMENT, [1])[-1] == []
    assert len(prepared(connection)) == 1


def test_rows_that_are_fetched_in_parts_are_not_prepared(connection):
    for _ in range(4):
        with in_transaction(connection), connection.chunked_cursor() as cursor:
            cursor.execute("SELECT generate_series(1, %s)", [3])
            assert cursor.fetchall() == [(1,), (2,), (3,)]

    assert prepared(connection) == []


def test_it_can_be_turned_off(connection):
    connection.settings_dict = {
        **connection.settings_dict,
        "OPTIONS": {"prepare_statements": False},
    }
    run_often(connection, STATEMENT, [1])

    assert prepared(connection) == []


def test_what_was_deallocated_is_no_hindrance_to_the_next(connection, monkeypatch):
    monkeypatch.setattr(cursors, "MOST_PREPARED", 2)
    for number in (1, 2):
        run_often(connection, f"SELECT {number}")
    run(connection, "DEALLOCATE ALL")
    for number in (3, 4, 1, 2):
        answers = run_often(connection, f"SELECT {number}")
        assert answers == [[(number,)]] * len(answers)


def test_a_column_of_another_type_is_compared_anew(connection):
    run(connection, "CREATE TEMPORARY TABLE place AS SELECT '1'::text AS number")
    run_often(connection, "SELECT number FROM place WHERE number = %s", ["1"])
    run(connection, "ALTER TABLE place ALTER number TYPE integer USING number::integer")

    assert run_often(connection, "SELECT number FROM place WHERE number = %s", ["1"])[0] == [(1,)]


def make_places(connection):
    run(
        connection,
        "CREATE TEMPORARY TABLE place AS SELECT n, n::text AS name"
        " FROM generate_series(1, 50000) AS n",
    )
    run(connection, "CREATE INDEX open_place ON place (name) WHERE name <> ''")
    run(connection, "CREATE INDEX place_number ON place (n)")
    run(connection, "ANALYZE place")


def test_what_a_partial_index_serves_is_planned_for_its_values(connection):
    """A plan for any value would read everything, for it could not know that none is empty."""
    make_places(connection)
    for number in range(4000, 4010):
        sql = "SELECT n FROM place WHERE name = %s"
        assert run(connection, sql, [str(number)]) == [(number,)]
    assert not any("place" in key[0] for key in connection.connection.names)


def test_what_any_value_is_served_by_alike_has_one_plan(connection):
    make_places(connection)
    for number in range(4000, 4010):
        sql = "SELECT name FROM place WHERE n = %s"
        assert run(connection, sql, [number]) == [(str(number),)]
    (name,) = [name for key, name in connection.connection.names.items() if "place" in key[0]]
    plan = run(connection, f"EXPLAIN EXECUTE {name} (4000)")
    assert any("place_number" in line and "$1" in "".join(map(str, plan)) for (line,) in plan)


def test_a_parameter_between_two_literals_is_one(connection):
    for number in range(5):
        sql = "SELECT 'a' || %s || 'b' AS between"
        assert run(connection, sql, [str(number)]) == [(f"a{number}b",)]
    assert any("between" in key[0] for key in connection.connection.names)
