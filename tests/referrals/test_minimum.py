"""Before it is sent, a referral is checked for what the receiver needs."""

import pytest
from django.core.exceptions import ValidationError

from leap.core.audit.models import Event
from referrals.models import Pathway, Referral
from referrals.pathways.minimum_dataset import look_up_items, missing, read
from referrals.transitions import sender_actions
from tests.referrals.reading import page_of

CATS = {"minimum": "Pets | Some bite. | cats", "version": 1}
AGREES = "That the family knows and agrees"


@pytest.fixture
def asking(okafors, to_support, stockwell, family_support, grace):
    return {
        "family": okafors,
        "pathway": to_support,
        "from_team": stockwell,
        "to_team": family_support,
        "reason": "Ada would like help with sleep.",
        "by": grace,
    }


def test_what_is_missing_is_said_with_why_it_matters(asking):
    with pytest.raises(ValidationError) as wrong:
        sender_actions.refer(**asking, ticked=[])
    assert wrong.value.messages == [
        f"Missing: {AGREES}. What is asked behind their back is often refused."
    ]
    assert not Referral.objects.exists()


def test_what_the_sender_says_is_there_is_enough(asking):
    assert sender_actions.refer(**asking, ticked=[AGREES]).sent_without == ""


def test_somebodys_safety_does_not_wait_and_that_is_recorded(asking, grace, sam, client_of):
    referral = sender_actions.refer(**asking, ticked=[], for_safety="Ada rang from the street.")
    assert referral.sent_without == AGREES
    assert Event.objects.get(kind="referral.sent").details["for_safety"] is True
    page = page_of(client_of(sam).get(f"/referrals/{referral.ref}/"))
    assert "for somebody’s safety" in page
    assert "Ada rang from the street." in page


def test_the_record_tells_a_midwife_what_it_holds(castellanos, ruth):
    pathway = Pathway.objects.get(code="postnatal-handover")
    lines = look_up_items(pathway, castellanos, ruth)
    answers = {line.item.record_key: line.recorded for line in lines if line.item.record_key}
    assert answers["parents"] == "Rosa Castellano"
    assert answers["born"].startswith("born ")
    lacking = {item.record_key for item in missing(lines, []) if item.record_key}
    assert lacking == {"home", "telephone", "interpreter", "feeding", "birth_weight"}


def test_ruth_reads_what_is_missing_and_keeps_what_she_typed(
    castellanos, stockwell, ruth, client_of
):
    page = f"/referrals/new/?family={castellanos.ref}&pathway=postnatal-handover"
    typed = {"from_team": "kings-midwifery", "to_team": stockwell.code, "reason": "Home today."}
    text = page_of(client_of(ruth).post(page, typed))
    assert "Missing: Feeding. The first fortnight decides much of it." in text
    assert "Home today." in text

    client_of(ruth).post(page, typed | {"for_safety": "The baby is losing weight fast."})
    assert "Feeding" in Referral.objects.get().sent_without


def test_she_gets_a_receipt(castellanos, stockwell, ruth, client_of):
    pathway = Pathway.objects.get(code="postnatal-handover")
    ticked = [item.what for item in read(pathway.minimum)]
    page = f"/referrals/new/?family={castellanos.ref}&pathway=postnatal-handover"
    typed = {"from_team": "kings-midwifery", "to_team": stockwell.code, "reason": "Home today."}
    rest = [label for label in ticked if label not in ("The parents", "Date of birth")]
    receipt = page_of(client_of(ruth).post(page, typed | {"ticked": rest}, follow=True))
    referral = Referral.objects.get()
    assert f"as {referral.ref}. They answer by {referral.acknowledge_by:%-d %B}" in receipt


def test_a_draft_may_lack_anything(okafors, family_support, grace, client_of):
    page = f"/referrals/new/?family={okafors.ref}&pathway=health-visiting-to-family-support"
    typed = {"from_team": "stockwell-health-visiting", "to_team": family_support.code}
    client_of(grace).post(page, typed | {"reason": "Not yet", "then": "draft"})
    draft = Referral.objects.get()
    text = page_of(client_of(grace).post(f"/referrals/{draft.ref}/send/", {"reason": "Now"}))
    assert f"Missing: {AGREES}" in text
    client_of(grace).post(f"/referrals/{draft.ref}/send/", {"reason": "Now", "ticked": AGREES})
    draft.refresh_from_db()
    assert draft.status == "sent"


def test_asha_says_what_is_checked_and_a_line_that_cannot_be_read_is_said(
    to_support, asha, client_of
):
    page = f"/referrals/pathways/{to_support.code}/change/"
    typed = {name: getattr(to_support, name) for name in Pathway.CHANGEABLE}
    wrong = client_of(asha).post(page, typed | CATS)
    assert "“cats” is none of" in page_of(wrong)
    client_of(asha).post(page, typed | {"minimum": "Pets | Some bite.", "version": 1})
    to_support.refresh_from_db()
    assert [item.what for item in read(to_support.minimum)] == ["Pets"]


@pytest.mark.parametrize("code", ["perinatal_mental_health", "domestic_abuse", "general_practice"])
def test_every_partner_is_reached_and_comes_back(code):
    assert Pathway.objects.filter(to_discipline=code).exists()
    assert Pathway.objects.filter(from_discipline=code).exists()


def test_every_line_that_was_laid_down_can_be_read():
    for pathway in Pathway.objects.all():
        read(pathway.minimum)
