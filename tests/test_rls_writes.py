"""As the pages' role, over every table of the catalogue: what is read, inserted, changed and
removed of a family that the reader cannot see. Nothing is, besides a closed list with reasons."""

import json

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from leap.core.rls import session as rls
from leap.core.rls.session import set_reader
from tests.access.canary import release
from tests.access.world import built_for_a_while

pytestmark = pytest.mark.django_db

REFUSED = "42501"  # insufficient_privilege
NOTHING = "nothing"
PROGRAMME = "the programme's own directory, pathways and figures: of no family"
ITS_ADMINS = "guarded by a trigger instead: tests/auth/test_secrets_and_roles.py"
DJANGO = "Django's own, which pages read and do not write"
# Tables without a policy of row-level security, and why none is needed for reading or writing.
WITHOUT_POLICY = {
    "accounts_agency": ITS_ADMINS,
    "accounts_membership": ITS_ADMINS,
    "accounts_team": ITS_ADMINS,
    "accounts_user": ITS_ADMINS,
    "accounts_user_groups": ITS_ADMINS,
    "auth_group": ITS_ADMINS,
    "accounts_user_user_permissions": DJANGO,
    "auth_group_permissions": DJANGO,
    "auth_permission": DJANGO,
    "django_content_type": DJANGO,
    "guardian_groupobjectpermission": DJANGO,
    "guardian_userobjectpermission": DJANGO,
    "leap_auth_loginattempt": "hashes of who was meant, counted before anybody is known",
    "audit_declaredkind": "the kinds of events there are, which pages read and do not write",
    "reference_data_postcode": PROGRAMME,
    "reference_data_service": PROGRAMME,
    "reference_data_site": PROGRAMME,
    "leap_sites_room": PROGRAMME,
    "leap_sites_session": PROGRAMME,
    "outcomes_figure": PROGRAMME,
    "outcomes_growthcutoff": PROGRAMME,
    "outcomes_night": PROGRAMME,
    "outcomes_report": PROGRAMME,
    "outcomes_calculationstep": PROGRAMME,
    "referrals_calendarexception": PROGRAMME,
    "referrals_pathway": PROGRAMME,
    "referrals_pathwayversion": PROGRAMME,
    "families_cutoff": PROGRAMME,
}
# Nothing of these is a page's at all.
OUT_OF_REACH = {
    "audit_chainhead",
    "audit_anchor",
    "audit_chainanchor",
    "django_migrations",
    "django_session",
}
# Read by everybody, because policies read them: keys, and no more. Written by nobody else.
KEYS_READ_BY_ALL = {
    "families_familygroupobjectpermission",
    "families_familyuserobjectpermission",
    "families_member",
}
# Of no family, each its owner's own: tests/auth/test_secrets_and_roles.py.
SECRETS = {
    "accounts_credential",
    "authtoken_token",
    "outbox_message",
    "leap_auth_recoverycode",
    "leap_auth_secondfactor",
    "leap_auth_usersession",
}
# Walled rows that belong to their owner whatever family they speak of.
OWN = {
    "notifications_notificationpreference",
    "leap_sites_sessionstaff",  # who runs a session, of no family: tests/sites
    "notifications_digest",
    "outbox_idempotencykey",
    "families_familygroupobjectpermission",  # tested by themselves below
    "families_familyuserobjectpermission",
    "audit_event",  # an attempt on a hidden family is logged, in one's own name alone
}


def rows(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def attempt(statement, *values):
    """What came of it, undone at once: how many rows, the error's code where there was one."""
    try:
        with transaction.atomic():
            done = rows(statement, *values)
            transaction.set_rollback(True)
    except DatabaseError as error:
        return error.__cause__.pgcode
    return (len(done) if isinstance(done, list) else done) or NOTHING


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), built_for_a_while() as world:
        yield world


@pytest.fixture
def family(world):
    return release(world)


@pytest.fixture
def reading(world):
    yield lambda role: set_reader(world.users[role])
    rls._read_for(rls.SYSTEM)


def tables():
    return set(connection.introspection.table_names())


def with_policies():
    found = rows(
        "SELECT DISTINCT tablename FROM pg_policies JOIN pg_class ON relname = tablename"
        " WHERE schemaname = current_schema AND 'leap_web' = ANY(roles) AND relrowsecurity"
    )
    return {name for (name,) in found}


def test_every_table_has_a_policy_or_a_reason(db):
    lacking = tables() - with_policies() - set(WITHOUT_POLICY) - OUT_OF_REACH
    assert sorted(lacking) == [], "Give it a policy in leap/core/rls/policies.py, or say why not."
    gone = (set(WITHOUT_POLICY) | OUT_OF_REACH | KEYS_READ_BY_ALL | SECRETS | OWN) - tables()
    assert sorted(gone) == []
    assert sorted(set(WITHOUT_POLICY) & with_policies()) == []


def test_every_table_with_a_policy_is_tried_below(family):
    tried = {row._meta.db_table for row in family.rows.values()}
    assert sorted(with_policies() - tried - SECRETS - OWN) == []


def test_no_policy_lets_anything_be_written(db):
    loose = rows(
        "SELECT tablename, policyname FROM pg_policies WHERE schemaname = current_schema"
        " AND 'leap_web' = ANY(roles) AND (with_check = 'true' OR (cmd <> 'SELECT'"
        " AND permissive = 'PERMISSIVE' AND with_check IS NULL AND qual = 'true'))"
    )
    assert loose == [], "Let it be written where it is read: leave WITH CHECK (true) out."


def test_what_is_out_of_reach_is_not_even_read(db, reading):
    reading("elsewhere")
    for table in OUT_OF_REACH:
        assert attempt(f"SELECT count(*) FROM {table}") == REFUSED


def own_rows(family):
    """A row of the hidden family in each table that has any, by table."""
    return {row._meta.db_table: row for row in family.rows.values()}


def copied(row):
    """The whole row as the database has it, to be written once more by somebody else."""
    table, key = row._meta.db_table, row._meta.pk.column
    found = rows(f"SELECT to_jsonb(t) FROM {table} t WHERE {key} = %s", row.pk)
    return found[0][0] if isinstance(found[0][0], dict) else json.loads(found[0][0])


def columns_of(row):
    model = row._meta.model
    return [f'"{f.column}"' for f in model._meta.concrete_fields if not f.generated]


def insert(row, whole, more=""):
    names = ", ".join(columns_of(row))
    table = row._meta.db_table
    statement = (
        f"INSERT INTO {table} ({names}) SELECT {names}"
        f" FROM jsonb_populate_record(NULL::{table}, %s::jsonb) {more}"
    )
    return attempt(statement, json.dumps(whole))


@pytest.mark.parametrize("role", ["elsewhere", "manages-elsewhere", "admin", "analyst", "champion"])
def test_nothing_of_a_hidden_family_is_read_or_written(family, reading, role):
    hidden = own_rows(family)
    copies = {table: copied(row) for table, row in hidden.items()}
    reading(role)
    done = {}
    for table, row in hidden.items():
        key, column = row.pk, row._meta.pk.column
        tried = {
            "read": attempt(f"SELECT {column} FROM {table} WHERE {column} = %s", key),
            "changed": attempt(f"UPDATE {table} SET {column} = {column} WHERE {column} = %s", key),
            "removed": attempt(f"DELETE FROM {table} WHERE {column} = %s", key),
            "added": insert(row, copies[table]),
            "replaced": insert(
                row,
                copies[table],
                f"ON CONFLICT ({column}) DO UPDATE SET {column} = excluded.{column}",
            ),
        }
        for what, came in tried.items():
            allowed = (REFUSED,) if what in ("added", "replaced") else (REFUSED, NOTHING)
            if came not in allowed and not (what == "read" and table in KEYS_READ_BY_ALL):
                done[table, what] = came
    assert done == {}


# What points at a family or at somebody of it, and so could move a row there.
TARGETS = {
    "families.Family": "families.Family",
    "families.Person": "families.Person",
    "families.Contact": "families.Contact",
    "referrals.Referral": "referrals.Referral",
    "plans.Plan": "plans.Plan",
}
# A merge is made past the policies, and says in `families` who sees it.
NOT_BY_THIS = {
    ("merging_merge", "gone_person_id"),
    ("merging_merge", "kept_person_id"),
    ("merging_merge", "gone_family_id"),
    ("merging_merge", "kept_family_id"),
}


def test_no_row_moves_from_a_family_that_is_seen_to_one_that_is_not(world, family, reading):
    """Whoever works with the family of the sweep moves what is theirs to families of others."""
    hidden = hidden_from_social_workers(world)
    moved = {}
    reading("social-worker")
    for table, row in own_rows(family).items():
        for field in row._meta.concrete_fields:
            label = field.related_model._meta.label if field.related_model else ""
            if label not in hidden or (table, field.column) in NOT_BY_THIS:
                continue
            came = attempt(
                f"UPDATE {table} SET {field.column} = %s WHERE {row._meta.pk.column} = %s",
                hidden[label],
                row.pk,
            )
            if came not in (REFUSED, NOTHING):
                moved[table, field.column] = came
    assert sorted(moved) == []


def hidden_from_social_workers(world):
    """A family that Stockwell leads, and the key of one of each thing that hangs off it."""
    found = world.kinds["own"].family
    keys = {"families.Family": found.pk}
    keys["families.Person"] = found.members.first().person_id
    for label in ("families.Contact", "referrals.Referral"):
        row = apps.get_model(label)._default_manager.filter(family=found).first()
        if row:
            keys[label] = row.pk
    return keys


def test_a_reader_lets_themselves_in_by_no_key(world, family, reading):
    """What opens a family or a person to a reader is written by those who work with them."""
    person = family.rows["families.Person"].pk
    referral = family.rows["referrals.Referral"].pk
    me, mine = world.users["elsewhere"], world.teams["midwives"]
    pathway = family.rows["referrals.Referral"].pathway_id
    group, hidden = mine.group_id, family.family.pk
    own = world.add_family("Bailey", "elsewhere", "midwives")
    own_person = own.members.first().person_id
    reading("elsewhere")
    tried = {
        "a spell": attempt(
            "INSERT INTO families_involvement (family_id, team_id, reason, note, started_at)"
            " VALUES (%s, %s, 'registered', '', now())", hidden, mine.pk,
        ),
        "a spell of one's own": attempt(
            "INSERT INTO families_involvement (family_id, practitioner_id, reason, note,"
            " started_at) VALUES (%s, %s, 'named', '', now())", hidden, me.pk,
        ),
        "a spell moved": attempt(
            "UPDATE families_involvement SET family_id = %s WHERE family_id = %s", hidden, own.pk
        ),
        "the lead": attempt(
            "UPDATE families_family SET lead_team_id = %s WHERE id = %s", mine.pk, hidden
        ),
        "a grant": attempt(
            "INSERT INTO families_familygroupobjectpermission (group_id, permission_id,"
            " content_object_id) SELECT %s, id, %s FROM auth_permission"
            " WHERE codename = 'view_family'", group, hidden,
        ),
        "a person of one's own family": attempt(
            "INSERT INTO families_member (family_id, person_id, role) VALUES (%s, %s, 'other')",
            own.pk, person,
        ),
        "a person in place of one's own": attempt(
            "UPDATE families_member SET person_id = %s WHERE person_id = %s", person, own_person
        ),
        "a named reader": attempt(
            "INSERT INTO families_personreader (person_id, practitioner_id) VALUES (%s, %s)",
            person, me.pk,
        ),
        "a referral from one's team": attempt(
            "INSERT INTO referrals_referral (ref, family_id, pathway_id, from_team_id, to_team_id,"
            " status, reason) VALUES ('X', %s, %s, %s, %s, 'draft', '')",
            hidden, pathway, mine.pk, mine.pk,
        ),
        "a task about a referral": attempt(
            "INSERT INTO referrals_task (ref, referral_id, kind, about, team_id, to_id)"
            " VALUES ('X', %s, 'late', '', %s, %s)", referral, mine.pk, me.pk,
        ),
        "an emergency": attempt(
            "INSERT INTO families_breakglass (ref, family_id, practitioner_id, reason)"
            " VALUES ('X', %s, %s, '')", hidden, me.pk,
        ),
    }  # fmt: skip
    assert {what: came for what, came in tried.items() if came not in (REFUSED, NOTHING)} == {}


LAYERS = [
    {"layer": "agency", "agency_id": "other", "named": None},
    {"layer": "restricted", "agency_id": None, "named": []},
    {"layer": "restricted", "agency_id": None, "named": ["other"]},
]


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("label", ["families.Contact", "families.Observation"])
def test_nothing_is_written_in_a_layer_that_the_reader_does_not_see(
    world, family, reading, layer, label
):
    row = family.rows[label]
    other = {
        "agency_id": world.teams["midwives"].agency_id if layer["agency_id"] else None,
        "named": layer["named"] and [world.users["elsewhere"].pk],
    }
    whole = {**copied(row), **layer, **other}
    reading("social-worker")

    assert insert(row, whole) == REFUSED
    changed = attempt(
        f"UPDATE {row._meta.db_table} SET layer = %s, agency_id = %s, named = %s WHERE id = %s",
        layer["layer"], other["agency_id"], other["named"], row.pk,
    )  # fmt: skip
    assert changed == REFUSED


def test_a_referral_that_has_ended_is_opened_again_by_no_side(world, family, reading):
    """Nor turned to oneself; for whoever accepts one may join the family."""
    referral, quiet = family.rows["referrals.Referral"], world.teams["quiet"]
    reopened = (
        "UPDATE referrals_referral SET status = 'accepted', accepted_at = now() WHERE id = %s"
    )
    for role in ("quiet", "social-worker"):
        reading(role)
        assert attempt(reopened, referral.pk) in (REFUSED, NOTHING)
    reading("quiet")
    turned = "UPDATE referrals_referral SET from_team_id = to_team_id WHERE id = %s"
    assert attempt(turned, referral.pk) in (REFUSED, NOTHING)
    joined = (
        "INSERT INTO families_involvement (family_id, team_id, reason, note, started_at)"
        " VALUES (%s, %s, 'referral_accepted', '', now())"
    )
    assert attempt(joined, family.family.pk, quiet.pk) == REFUSED


def test_why_a_team_was_asked_in_is_read_by_those_who_work_with_the_family(family, reading):
    noted = "SELECT note, ended_why FROM families_involvement WHERE family_id = %s"
    reading("social-worker")
    assert attempt(noted, family.family.pk) == len(family.family.involvements.all())
    reading("elsewhere")
    assert attempt(noted, family.family.pk) == NOTHING


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
    found = rows(
        "SELECT proname, has_function_privilege('public', p.oid, 'EXECUTE')"
        " AND prorettype <> 'trigger'::regtype,"
        " coalesce(array_to_string(proconfig, ' '), '') FROM pg_proc p"
        " WHERE pronamespace = current_schema::regnamespace AND prosecdef"
    )
    assert sorted(name for name, _, _ in found) == sorted(DEFINERS)
    for name, everybody, config in found:
        assert "search_path=" in config, f"{name} reads a temporary table of the same name"
        assert not everybody, name


def test_there_are_no_views_that_look_past_the_policies(db):
    views = rows(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema::regnamespace"
        " AND relkind IN ('v', 'm')"
        " AND NOT coalesce('security_invoker=true' = ANY(reloptions), false)"
    )
    assert views == []
