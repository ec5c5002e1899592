"""A midwife tells of a pregnancy, or hands over after birth: one short screen, and a receipt."""

import re

import pytest
from django.utils import timezone

from families.models import Member, Observation, Person, Residence
from referrals.models import Pathway, Referral
from referrals.transitions import receiver_actions, sender_actions
from tests.casework.reading import read


@pytest.fixture
def recorded(castellanos, sw9, stockwell):
    """What a midwife's record holds on the day of discharge, and a baby on the way."""
    Person.objects.filter(members__family=castellanos).update(
        telephone="020 7946 0123", interpreter=False
    )
    mother, child = (
        Person.objects.get(members__family=castellanos, members__role=role)
        for role in ("mother", "child")
    )
    for person in (mother, child):
        Residence.objects.create(person=person, postcode=sw9)
    unborn = Person.objects.create(ref="P-UNBORN", due_date=timezone.localdate())
    Member.objects.create(family=castellanos, person=unborn, role="unborn")
    today = timezone.localdate()
    for code, value in (("first_feed", "breast_milk"), ("birth_weight_g", "3400")):
        Observation.objects.create(
            ref=f"O-{code}", person=child, code=code, value=value, recorded_on=today
        )
    Observation.objects.create(
        ref="O-EPDS", person=mother, code="epds_total", value="4", recorded_on=today
    )
    stockwell.ward_codes = ["E05000429"]
    stockwell.save()
    return castellanos


def controls(page):
    """What somebody has to look at in the form, besides its buttons."""
    form = re.search(r'<form method="post" novalidate data-draft.*?</form>', page, re.DOTALL)[0]
    tags = re.findall(r"<(?:select|textarea|input)\b[^>]*>", form)
    return [tag for tag in tags if 'type="hidden"' not in tag]


@pytest.mark.parametrize("code", ["antenatal-notification", "postnatal-handover"])
def test_it_takes_one_short_screen_filled_from_the_record(recorded, ruth, client_of, code):
    address = f"/referrals/new/?family={recorded.ref}&pathway={code}"
    page = client_of(ruth).get(address).content.decode()
    assert re.search(r'<option value="stockwell-health-visiting" selected', page)
    left = controls(page)
    ticks = [tag for tag in left if "checkbox" in tag]
    assert len(left) - len(ticks) <= 3  # to whom (chosen), why, and the word for an emergency
    assert len(ticks) <= 3  # what no record tells: how she is, whether it is safe there, the GP
    assert not [tag for tag in ticks if "Due date" in tag or "Feeding" in tag]


def test_where_two_teams_cover_the_ward_ruth_chooses(recorded, ruth, client_of, make_team):
    make_team("larkhall", ward_codes=["E05000429"])
    address = f"/referrals/new/?family={recorded.ref}&pathway=postnatal-handover"
    assert "selected>Choose a team" in client_of(ruth).get(address).content.decode()


def test_ruth_keeps_a_receipt(handover, ruth, client_of):
    browser = client_of(ruth)
    assert "Receipt" in read(browser.get(f"/referrals/{handover.ref}/"))
    receipt = read(browser.get(f"/referrals/{handover.ref}/receipt/"))
    by = f"{handover.acknowledge_by:%-d %B %Y}"
    for words in (
        handover.ref,
        "Postnatal handover",
        "by Ruth Bailey",
        "To Stockwell health visiting",
        f"They answer by {handover.acknowledge_by:%a} {by[:-5]}",
        "Discharged today, feeding well.",
        "Castellano",
    ):
        assert words in receipt


def test_it_stays_true_and_both_sides_read_the_same(handover, ruth, grace, client_of):
    receiver_actions.acknowledge(referral=handover, by=grace)
    for user in (ruth, grace):
        receipt = read(client_of(user).get(f"/referrals/{handover.ref}/receipt/"))
        assert "Stockwell health visiting has read it and is deciding." in receipt


def test_a_stranger_finds_none_and_a_draft_has_none(handover, dele, castellanos, ruth, client_of):
    assert client_of(dele).get(f"/referrals/{handover.ref}/receipt/").status_code == 404
    draft = sender_actions.draft(
        family=castellanos,
        pathway=Pathway.objects.get(code="postnatal-handover"),
        from_team=handover.from_team,
        to_team=handover.to_team,
        reason="",
        by=ruth,
    )
    assert client_of(ruth).get(f"/referrals/{draft.ref}/receipt/").status_code == 409
    assert Referral.objects.count() == 2
