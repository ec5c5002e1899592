"""The second line of defence: row-level security holds. What it leaves open, and why, is a closed
list in tests/rls/test_writes.py."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.db import DatabaseError, connection, transaction

from leap.core.rls import session as rls
from leap.core.rls.session import NOBODY, SYSTEM, bypass_rls
from leap.ops.runtime.paths import ROOT
from tests.rls.statements import rows, with_policies

# Keys alone, which policies themselves read; what they point at is behind policies.
KEYS = {
    "families_familygroupobjectpermission",
    "families_familyuserobjectpermission",
    "families_member",
    "leap_sites_sessionstaff",
}
# Behind policies, and never a row for anybody but whose they are.
ONES_OWN = {
    "notifications_notificationpreference",
    "notifications_digest",
    "notifications_notification",
    "outbox_draft",
    "outbox_idempotencykey",
}
# Read past row-level security alone: by what undoes a merge, and by the worklist of doubles.
BY_NOBODY = {"families_possibleduplicate", "merging_mergedrow"}


pytestmark = pytest.mark.django_db


def test_a_stranger_reads_no_row_of_the_family_from_any_table(family, reading):
    by_family = rows_of_each_table(family)
    reading("elsewhere")
    by_stranger = rows_of_each_table(family)
    assert {table for table, count in by_stranger.items() if count} == set()
    assert all(by_family.values()), (
        "The family has no row in some table: this test says nothing there."
    )


def test_whoever_works_with_the_family_reads_its_rows(family, reading):
    reading("social-worker")
    unseen = {table for table, count in rows_of_each_table(family).items() if not count}
    assert unseen == BY_NOBODY


def test_nobody_said_is_nobody(family):
    rls._read_for(NOBODY)
    try:
        for table in with_policies() - KEYS:
            assert rows(f"SELECT count(*) FROM {table}") == [(0,)] or table == "audit_event"
        assert rows("SELECT count(*) FROM audit_event WHERE family_ref <> ''") == [(0,)]
    finally:
        rls._read_for(SYSTEM)


def rows_of_each_table(family):
    """How many rows of the family each table behind policies shows, without our querysets."""
    tables = with_policies() - ONES_OWN - KEYS
    return {
        row._meta.db_table: rows(
            f"SELECT count(*) FROM {row._meta.db_table} WHERE id = %s", row.pk
        )[0][0]
        for row in family.rows.values()
        if row._meta.db_table in tables
    }


def is_visible(family):
    return rows("SELECT count(*) FROM families_family WHERE id = %s", family.family.pk) == [(1,)]


def test_bypass_opens_and_closes_again(family, reading):
    reading("elsewhere")
    with bypass_rls("to see that it opens"):
        assert is_visible(family)
    assert not is_visible(family)


def test_bypass_closes_after_an_error(family, reading):
    reading("elsewhere")
    with pytest.raises(ZeroDivisionError), bypass_rls("to see that it closes"):
        _ = 1 / 0
    assert not is_visible(family)


def test_bypass_closes_where_a_statement_fails_and_its_transaction_with_it(family, reading):
    reading("elsewhere")
    with pytest.raises(DatabaseError), transaction.atomic(), bypass_rls("to see that it closes"):
        rows("SELECT 1 / 0")
    assert not is_visible(family)


def test_bypass_closes_where_its_transaction_is_rolled_back(family, reading):
    reading("elsewhere")
    with transaction.atomic():
        with bypass_rls("to see that it closes"):
            assert is_visible(family)
        transaction.set_rollback(True)
    assert not is_visible(family)


def test_bypass_inside_bypass_stays_open(family, reading):
    reading("elsewhere")
    with bypass_rls("once"):
        with bypass_rls("twice"):
            pass
        assert is_visible(family)
    assert not is_visible(family)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET kind = 'other'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "SELECT * FROM audit_chainhead",
        "SELECT * FROM audit_anchor",
        "ALTER TABLE families_family DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "DROP POLICY visible_to_reader ON families_family",
    ],
)
def test_a_page_can_change_neither_the_log_nor_row_level_security(family, reading, statement):
    reading("elsewhere")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows(statement)


def test_the_role_of_pages_can_bypass_nothing(db):
    may = "rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication"
    assert rows(f"SELECT {may} FROM pg_roles WHERE rolname = 'leap_web'") == [(False,) * 6]
    owned = rows(
        "SELECT count(*) FROM pg_class JOIN pg_roles o ON o.oid = relowner"
        " WHERE rolname = 'leap_web'"
    )
    assert owned == [(0,)], "Who owns a table is not behind its policies."


LOOK = """
import leap.wsgi
from django.db import connection, transaction
COUNT = "SELECT current_user, (SELECT count(*) FROM families_family)"
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("SET LOCAL ROLE NONE")
    cursor.execute("INSERT INTO families_family (ref, name, opened_at, closed_at, closed_reason,"
                   " source, source_ref) VALUES ('ZQ-1', '', now(), now(), '', '', '')")
    cursor.execute(COUNT)
    print(cursor.fetchone()[1] > 0)
    cursor.execute("RESET ROLE")
    cursor.execute(COUNT)
    print(*cursor.fetchone())
    transaction.set_rollback(True)
"""


def test_a_web_process_sees_nothing_before_it_says_who_reads(db):
    """Asked of the database as it stands, outside this test's transaction."""
    name = connection.settings_dict["NAME"]
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    result = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.split() == ["True", "leap_web", "0"]
