"""What opens a family or a person to a reader is written by those who work with them."""

import pytest
from django.contrib.auth.models import Permission

from tests.rls.statements import NOTHING, REFUSED, attempt, copied, insert

pytestmark = pytest.mark.django_db
INTO_INVOLVEMENT = """INSERT INTO families_involvement
    (family_id, team_id, practitioner_id, reason, note, started_at) VALUES """
KEYS = {
    "a spell": f"{INTO_INVOLVEMENT} (%(hidden)s, %(team)s, NULL, 'registered', '', now())",
    "a spell of one's own": f"{INTO_INVOLVEMENT} (%(hidden)s, NULL, %(me)s, 'named', '', now())",
    "a spell moved": """UPDATE families_involvement SET family_id = %(hidden)s
        WHERE family_id = %(own)s""",
    "the lead": "UPDATE families_family SET lead_team_id = %(team)s WHERE id = %(hidden)s",
    "a grant": """INSERT INTO families_familygroupobjectpermission
        (group_id, permission_id, content_object_id)
        VALUES (%(group)s, %(permission)s, %(hidden)s)""",
    "a person of one's own family": """INSERT INTO families_member (family_id, person_id, role)
        VALUES (%(own)s, %(person)s, 'other')""",
    "a person in place of one's own": """UPDATE families_member SET person_id = %(person)s
        WHERE person_id = %(own_person)s""",
    "a named reader": """INSERT INTO families_personreader (person_id, practitioner_id)
        VALUES (%(person)s, %(me)s)""",
    "a referral from one's team": """INSERT INTO referrals_referral
        (ref, family_id, pathway_id, from_team_id, to_team_id, status, reason)
        VALUES ('X', %(hidden)s, %(pathway)s, %(team)s, %(team)s, 'draft', '')""",
    "a task about a referral": """INSERT INTO referrals_task
        (ref, referral_id, kind, about, team_id, to_id)
        VALUES ('X', %(referral)s, 'late', '', %(team)s, %(me)s)""",
    "an emergency": """INSERT INTO families_breakglass (ref, family_id, practitioner_id, reason)
        VALUES ('X', %(hidden)s, %(me)s, '')""",
}


@pytest.mark.parametrize("key", KEYS)
def test_a_reader_lets_themselves_in_by_no_key(world, family, reading, key):
    team, referral = world.teams["midwives"], family.rows["referrals.Referral"]
    own = world.add_family("Bailey", "elsewhere", "midwives")
    known = {
        "me": world.users["elsewhere"].pk,
        "team": team.pk,
        "group": team.group_id,
        "permission": Permission.objects.get(codename="view_family").pk,
        "own": own.pk,
        "own_person": own.members.first().person_id,
        "hidden": family.family.pk,
        "person": family.rows["families.Person"].pk,
        "referral": referral.pk,
        "pathway": referral.pathway_id,
    }
    reading("elsewhere")
    kept_from_it = (REFUSED, NOTHING) if KEYS[key].startswith("UPDATE") else (REFUSED,)
    assert attempt(KEYS[key], known) in kept_from_it


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
