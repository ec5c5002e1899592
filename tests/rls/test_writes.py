"""As the pages' role, over every table of the catalogue: what is read, inserted, changed and
removed of a family that the reader cannot see. Nothing is, besides a closed list with reasons."""

import pytest
from django.apps import apps
from django.db import connection

from tests.rls.statements import (
    NOTHING,
    REFUSED,
    attempt,
    copied,
    insert,
    own_rows,
    rows,
    with_policies,
)

pytestmark = pytest.mark.django_db

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
# Rows behind policies that belong to their owner whatever family they speak of.
OWN = {
    "notifications_notificationpreference",
    "leap_sites_sessionstaff",  # who runs a session, of no family: tests/sites
    "notifications_digest",
    "outbox_idempotencykey",
    "families_familygroupobjectpermission",  # tried in test_keys.py
    "families_familyuserobjectpermission",
    "audit_event",  # an attempt on a hidden family is logged, in one's own name alone
}


def tables():
    return set(connection.introspection.table_names())


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
        " AND roles && '{leap_web,public}'::name[] AND (with_check = 'true' OR (cmd <> 'SELECT'"
        " AND permissive = 'PERMISSIVE' AND with_check IS NULL AND qual = 'true'))"
    )
    assert loose == [], "Let it be written where it is read: leave WITH CHECK (true) out."


def test_what_is_out_of_reach_is_not_even_read(db, reading):
    reading("elsewhere")
    for table in OUT_OF_REACH:
        assert attempt(f"SELECT count(*) FROM {table}") == REFUSED


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
        for attempted, came in tried.items():
            allowed = (REFUSED,) if attempted in ("added", "replaced") else (REFUSED, NOTHING)
            if came not in allowed and not (attempted == "read" and table in KEYS_READ_BY_ALL):
                done[table, attempted] = came
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
    family = world.kinds["own"].family
    keys = {"families.Family": family.pk}
    keys["families.Person"] = family.members.first().person_id
    for label in ("families.Contact", "referrals.Referral"):
        row = apps.get_model(label)._default_manager.filter(family=family).first()
        if row:
            keys[label] = row.pk
    return keys


def test_why_a_team_was_asked_in_is_read_by_those_who_work_with_the_family(family, reading):
    noted = "SELECT note, ended_why FROM families_involvement WHERE family_id = %s"
    reading("social-worker")
    assert attempt(noted, family.family.pk) == len(family.family.involvements.all())
    reading("elsewhere")
    assert attempt(noted, family.family.pk) == NOTHING
