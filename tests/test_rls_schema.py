"""What the database holds of row-level security is what leap/core/rls/ says."""

import pytest
from django.db import connection

from leap.core.rls.guards import GUARDS
from leap.core.rls.policies import POLICIES, TABLES
from leap.core.rls.schema import apply_rls, is_migrated, remove_rls

pytestmark = pytest.mark.django_db
CATALOGUE = {
    "policies": "SELECT tablename, policyname, permissive, cmd, qual, with_check FROM pg_policies"
    " WHERE schemaname = current_schema AND roles && '{leap_web,public}'::name[]",
    "row-level security": "SELECT relname FROM pg_class"
    " WHERE relnamespace = current_schema::regnamespace AND relrowsecurity",
    "guards": "SELECT pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal"
    " AND pg_get_triggerdef(oid) LIKE '%%leap_web%%'",
    "functions": "SELECT pg_get_functiondef(oid), proacl::text FROM pg_proc"
    " WHERE pronamespace = current_schema::regnamespace"
    " AND obj_description(oid) = 'row-level security'",
    "grants": "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
    " WHERE grantee IN ('leap_web', 'PUBLIC') AND table_schema = current_schema",
    "grants on columns": "SELECT table_name, column_name, privilege_type"
    " FROM information_schema.role_column_grants WHERE grantee IN ('leap_web', 'PUBLIC')"
    " AND table_schema = current_schema",
}


def catalogue():
    with connection.cursor() as cursor:
        held = {}
        for name, query in CATALOGUE.items():
            cursor.execute(query)
            held[name] = sorted(cursor.fetchall(), key=str)
        return held


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_catalogue_holds_what_is_declared_and_nothing_else():
    before = catalogue()
    assert len(before["policies"]) == len(POLICIES)
    assert {table for (table,) in before["row-level security"]} == set(TABLES)
    apply_rls()
    assert catalogue() == before


@pytest.mark.parametrize(
    "change",
    [
        "DROP POLICY visible_to_reader ON families_contact",
        "ALTER POLICY visible_to_reader ON families_contact USING (true)",
        "CREATE POLICY for_pages ON families_contact TO leap_web USING (true)",
        "CREATE POLICY for_everybody ON families_contact USING (true)",
        "ALTER TABLE accounts_user DISABLE TRIGGER accounts_user_is_guarded",
        "GRANT SELECT ON audit_chainhead TO PUBLIC",
        "ALTER TABLE families_person DISABLE ROW LEVEL SECURITY",
        "DROP TRIGGER accounts_user_is_guarded ON accounts_user",
        "ALTER FUNCTION leap_works_with(bigint) SECURITY INVOKER",
        "CREATE OR REPLACE FUNCTION leap_is_admin() RETURNS boolean LANGUAGE plpgsql AS"
        " $$ BEGIN RETURN true; END $$",
        "GRANT DELETE ON audit_event TO leap_web",
        "GRANT SELECT ON audit_chainhead TO leap_web",
        "GRANT SELECT (body) ON outbox_message TO leap_web",
    ],
)
def test_what_differs_is_found_and_put_right(change):
    declared = catalogue()
    execute(change)
    assert catalogue() != declared
    apply_rls()
    assert catalogue() == declared


def test_a_table_stays_closed_while_its_policies_are_away():
    with connection.schema_editor() as editor:
        remove_rls(None, editor)
    held = catalogue()
    assert held["policies"] == held["guards"] == held["functions"] == []
    assert {table for (table,) in held["row-level security"]} == set(TABLES)


def test_nothing_is_laid_down_before_every_table_is_there():
    assert is_migrated()
    execute(f"ALTER TABLE {GUARDS[0].table} RENAME TO elsewhere")
    assert not is_migrated()
