"""The declared kinds of events, where the database looks when a page writes one."""

from django.db import connections

from leap.core.audit.kinds import KINDS
from leap.core.audit.models import DeclaredKind


def write_declared_kinds(database: str) -> None:
    """Bring the table in step with leap/core/audit/kinds.py, so that a new kind needs no migration.
    Events of kinds that are no longer declared stay in the log, and are not written any more."""
    table = DeclaredKind._meta.db_table
    with connections[database].cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [table])
        if cursor.fetchone() == (None,):  # migrated back to before there was one
            return
        codes = sorted(KINDS)
        cursor.execute(
            f"INSERT INTO {table} SELECT unnest(%s) ON CONFLICT DO NOTHING",
            [codes],
        )
        cursor.execute(f"DELETE FROM {table} WHERE code <> ALL(%s)", [codes])
