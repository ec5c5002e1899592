"""Lays row-level security down: the pages' role, what policies ask, guards and policies.

`manage.py migrate` does so after every migration, in one transaction, so what stands in this folder
is what the database holds: a changed policy needs no migration. A migration that takes away a
column or a table that a policy reads begins with `migrations.RunPython(remove_rls)`.
"""

import re
import time
from pathlib import Path
from typing import Any

from django.db import OperationalError, connections, transaction
from django.db.backends.utils import CursorWrapper

from leap.core.rls.guards import GUARDS
from leap.core.rls.policies import POLICIES, TABLES

FOLDER = Path(__file__).parent / "sql"
INLINED = "reader.sql"  # by the planner, which it would not with settings of their own
FUNCTIONS = ("predicates.sql", "registers.sql", "credentials.sql", "lookup.sql", "guards.sql")
MARK = "row-level security"  # the comment on each function that is replaced with this folder


# While people work, a page that reads one of our tables and then another must not wait crosswise
# with us: PostgreSQL would end the page. It looks for that after a second (deadlock_timeout), so
# all tables are taken within less, or let go again until the next try.
PATIENCE = "600ms"
TRIES, PAUSE = 100, 0.3  # seconds
GAVE_UP = "57014"  # PostgreSQL's code of a statement that took too long


def apply_rls(database: str = "default") -> None:
    """Make the database's row-level security what this folder says, whatever it was before.

    Pages may be read and written meanwhile: they wait for it, and none is ended. Raises
    OperationalError where they left no moment for it in a hundred tries.
    """
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic(using=database), connections[database].cursor() as cursor:
                _take_all_tables(cursor)
                _lay_down(cursor)
                return
        except OperationalError as error:
            if not left or getattr(error.__cause__, "pgcode", "") != GAVE_UP:
                raise
        time.sleep(PAUSE)


def _take_all_tables(cursor: CursorWrapper) -> None:
    cursor.execute(
        "SELECT string_agg(quote_ident(relname), ', ' ORDER BY relname) FROM pg_class"
        " WHERE relnamespace = current_schema::regnamespace AND relkind IN ('r', 'p')"
        " AND (relrowsecurity OR relname = ANY(%s))",
        [[*TABLES, *(guard.table for guard in GUARDS)]],
    )
    (tables,) = cursor.fetchone()
    cursor.execute("SHOW statement_timeout")
    (usual,) = cursor.fetchone()
    cursor.execute("SET LOCAL statement_timeout = %s", [PATIENCE])
    cursor.execute(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")
    cursor.execute("SET LOCAL statement_timeout = %s", [usual])


def _lay_down(cursor: CursorWrapper) -> None:
    _remove(cursor)
    cursor.execute(_read("role.sql"))
    for file in (INLINED, *FUNCTIONS):
        cursor.execute(_read(file))
        for function in re.findall(r"CREATE FUNCTION (\w+)\(", _read(file)):
            cursor.execute(f"COMMENT ON FUNCTION {function} IS %s", [MARK])
            if file != INLINED:
                _keep_to_pages(cursor, function)
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema::regnamespace"
        " AND NOT relrowsecurity AND relname = ANY(%s)",
        [TABLES],
    )
    for (table,) in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    statements = [policy.statement() for policy in POLICIES]
    statements += [guard.statement() for guard in GUARDS]
    for statement in statements:
        cursor.execute(statement)


def remove_rls(apps: Any, schema_editor: Any) -> None:
    """For a migration: take policies and guards away until `migrate` lays them down again. Tables
    stay closed to the pages' role meanwhile."""
    with schema_editor.connection.cursor() as cursor:
        _remove(cursor)


def _remove(cursor: CursorWrapper) -> None:
    cursor.execute(
        "SELECT format('DROP POLICY %I ON %I', policyname, tablename) FROM pg_policies"
        " WHERE schemaname = current_schema AND roles && '{leap_web,public}'::name[]"
    )
    policies = cursor.fetchall()
    cursor.execute(
        "SELECT format('DROP FUNCTION %%s CASCADE', oid::regprocedure) FROM pg_proc"
        " WHERE pronamespace = current_schema::regnamespace AND obj_description(oid) = %s",
        [MARK],
    )
    for (statement,) in (*policies, *cursor.fetchall()):
        cursor.execute(statement)


def _keep_to_pages(cursor: CursorWrapper, function: str) -> None:
    """Pages alone ask it; and a temporary table must not be read in place of one of ours."""
    cursor.execute("SELECT quote_ident(current_schema)")
    (schema,) = cursor.fetchone()
    cursor.execute(f"ALTER FUNCTION {function} SET search_path = {schema}, pg_temp")
    cursor.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
    cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO leap_web")


def _read(file: str) -> str:
    return (FOLDER / file).read_text()


def is_migrated(database: str = "default") -> bool:
    """Whether every table is there that a policy or a guard is about."""
    wanted = {*TABLES, *(guard.table for guard in GUARDS)}
    return wanted <= set(connections[database].introspection.table_names())
