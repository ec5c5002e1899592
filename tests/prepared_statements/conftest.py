"""Connections of their own, beside the one that a test has its transaction on."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections

from leap.core.prepared_statements.base import DatabaseWrapper


@pytest.fixture
def connection(db: None) -> Iterator[DatabaseWrapper]:
    """A connection that has sent nothing yet."""
    connection = connections.create_connection("default")
    yield connection
    connection.close()


def run(connection: DatabaseWrapper, sql: str, parameters: object = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def prepared(connection: DatabaseWrapper) -> list[str]:
    """What PostgreSQL says that this connection has prepared, the oldest first."""
    rows = run(connection, "SELECT statement FROM pg_prepared_statements ORDER BY prepare_time")
    texts = [text.partition(" AS ")[2] for (text,) in rows]
    return [text for text in texts if "pg_prepared_statements" not in text]


@contextmanager
def in_transaction(connection: DatabaseWrapper, *, commits: bool = True) -> Iterator[None]:
    """A transaction of this connection alone, which no alias names."""
    connection.ensure_connection()
    connection.connection.autocommit = False
    try:
        yield
        if commits:
            connection.connection.commit()
    finally:
        connection.connection.rollback()
        connection.connection.autocommit = True
