"""Statements as the pages' role sends them, and what came of each."""

import json
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from tests.access.words import Canary

REFUSED = "42501"  # insufficient_privilege
NOTHING = "nothing"


def rows(statement: str, *values: Any) -> Any:
    """What a statement returns, or how many rows it changed; values by place, or one dictionary."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values[0] if values and isinstance(values[0], dict) else values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def attempt(statement: str, *values: Any) -> Any:
    """What came of it, undone at once: how many rows, the error's code where there was one."""
    try:
        with transaction.atomic():
            done = rows(statement, *values)
            transaction.set_rollback(True)
    except DatabaseError as error:
        return error.__cause__.pgcode
    return (len(done) if isinstance(done, list) else done) or NOTHING


def own_rows(family: Canary) -> dict[str, Model]:
    """A row of the hidden family in each table that has any, by table."""
    return {row._meta.db_table: row for row in family.rows.values()}


def copied(row: Model) -> dict[str, Any]:
    """The whole row as the database has it, to be written once more by somebody else."""
    table, key = row._meta.db_table, row._meta.pk.column
    matches = rows(f"SELECT to_jsonb(t) FROM {table} t WHERE {key} = %s", row.pk)
    return matches[0][0] if isinstance(matches[0][0], dict) else json.loads(matches[0][0])


def columns_of(row: Model) -> list[str]:
    model = row._meta.model
    return [f'"{f.column}"' for f in model._meta.concrete_fields if not f.generated]


def insert(row: Model, whole: dict[str, Any], more: str = "") -> Any:
    names = ", ".join(columns_of(row))
    table = row._meta.db_table
    statement = (
        f"INSERT INTO {table} ({names}) SELECT {names}"
        f" FROM jsonb_populate_record(NULL::{table}, %s::jsonb) {more}"
    )
    return attempt(statement, json.dumps(whole))


def with_policies() -> set[str]:
    """Tables whose rows policies keep from pages."""
    tables = rows(
        "SELECT DISTINCT tablename FROM pg_policies JOIN pg_class ON relname = tablename"
        " WHERE schemaname = current_schema AND relrowsecurity"
        " AND roles && '{leap_web,public}'::name[]"
    )
    return {name for (name,) in tables}
