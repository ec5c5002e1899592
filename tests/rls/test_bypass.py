"""As the pages' role: what would look past the policies is out of reach, or a closed list."""

import pytest

from tests.rls.statements import REFUSED, attempt, rows

pytestmark = pytest.mark.django_db
DANGEROUS = [
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT pg_ls_dir('.')",
    "SELECT lo_import('/etc/passwd')",
    "COPY families_family TO '/tmp/families'",
    "COPY families_family FROM PROGRAM 'true'",
    "CREATE FUNCTION public.x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE TABLE public.x (id int)",
    "TRUNCATE families_family CASCADE",
    "ALTER ROLE leap_web BYPASSRLS",
    "SET session_replication_role = replica",
    "SELECT setval('families_family_id_seq', 1)",
    "CREATE RULE x AS ON INSERT TO families_family DO INSTEAD NOTHING",
    "ALTER FUNCTION leap_works_with(bigint) SECURITY INVOKER",
]


@pytest.mark.parametrize("statement", DANGEROUS)
def test_a_page_reaches_past_the_tables_by_nothing_else(reading, statement):
    reading("elsewhere")
    assert attempt(statement) == REFUSED


def test_policies_cannot_be_switched_off_for_a_session(family, reading):
    reading("elsewhere")
    rows("SET row_security = off")
    try:
        assert attempt("SELECT id FROM families_family") == REFUSED
    finally:
        rows("RESET row_security")


# Functions that look past the policies, and so must check for whom they do it.
DEFINERS = {
    "audit_event_join_chain": "a trigger: gives an event its place",
    "leap_booking_is_restricted": "whether a booking holds somebody kept for others",
    "leap_contacts_of_restricted_people": "the keys of contacts about people kept from the reader",
    "leap_has_referral_to_answer": "whether the reader's team is to answer a referral",
    "leap_family_of_referral": "the reference of a family, for the sides of a referral",
    "leap_end_sessions": "one's own or an admin's: ends, and reads nothing",
    "leap_end_tokens": "one's own or an admin's: ends, and reads nothing",
    "leap_forget_duplicates_of_family": "a trigger: forgets who is kept for named people",
    "leap_forget_duplicates_of_person": "a trigger: forgets who is kept for named people",
    "leap_family": "the key of a reference",
    "leap_forget_password": "one's own or an admin's: ends, and reads nothing",
    "leap_forget_second_factor": "one's own or an admin's: ends, and reads nothing",
    "leap_is_in_no_family": "whether a person has just been written down",
    "leap_is_side_of": "whether the reader's team is a side of a referral",
    "leap_restricted_people": "the keys of people kept from the reader",
    "leap_may_join": "whether the reader's team has accepted a referral",
    "leap_person_is_open": "whether a person is kept from the reader",
    "leap_nearest_key": "the key of a reference, or of the next one",
    "leap_reads_contact": "whether the reader reads a contact",
    "leap_register": "whom a register names to those who run the session",
    "leap_restricted_families": "the keys of families kept from the reader",
    "leap_sees_person": "whether the reader works with a person's family",
    "leap_works_with": "whether the reader works with a family",
}


def test_functions_that_look_past_the_policies_are_a_closed_list(db):
    definers = rows(
        "SELECT proname, has_function_privilege('public', p.oid, 'EXECUTE')"
        " AND prorettype <> 'trigger'::regtype,"
        " coalesce(array_to_string(proconfig, ' '), '') FROM pg_proc p"
        " WHERE pronamespace = current_schema::regnamespace AND prosecdef"
    )
    assert sorted(name for name, _, _ in definers) == sorted(DEFINERS)
    for name, everybody, config in definers:
        assert "search_path=" in config, f"{name} reads a temporary table of the same name"
        assert not everybody, name


def test_there_are_no_views_that_look_past_the_policies(db):
    views = rows(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema::regnamespace"
        " AND relkind IN ('v', 'm')"
        " AND NOT coalesce('security_invoker=true' = ANY(reloptions), false)"
    )
    assert views == []
