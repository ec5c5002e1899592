"""Referrals as somebody meets them, at a desk and on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from referrals.models import Referral
from referrals.transitions import clock_actions, dispute_actions, receiver_actions, sender_actions

BESIDE = ("family", "pathway", "from_team__agency", "to_team__agency", "sent_by")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def late(handover):
    """The midwives' handover has waited two days too long."""
    ago = timezone.localdate() - timedelta(days=4)
    Referral.objects.filter(pk=handover.pk).update(acknowledge_by=ago)
    return handover


def test_miriam_accepts_from_the_queue(late, castellanos, miriam, page, sign_in_as, axe):
    sign_in_as(miriam, page).goto("/referrals/")
    assert axe(page) == []

    page.get_by_role("button", name="Accept").click()

    page.get_by_text("Accepted.").wait_for()
    page.get_by_text("No referrals are waiting for you.").wait_for()
    castellanos.refresh_from_db()
    assert castellanos.lead_team == late.to_team


def test_sam_reads_the_preview_and_declines_on_a_phone(referral, sam, phone, sign_in_as, axe):
    sign_in_as(sam, phone).goto("/referrals/")
    assert axe(phone) == []
    phone.get_by_role("link", name="Okafor").click()
    phone.get_by_text("Chidi Okafor").wait_for()
    assert axe(phone) == []

    phone.get_by_role("button", name="Decline").click()
    phone.get_by_label("Why can your team").fill("We are full until June.")
    phone.get_by_role("button", name="Decline").click()
    phone.get_by_role("heading", name="There is a problem").wait_for()
    assert axe(phone) == []
    assert phone.get_by_label("Why can your team").input_value() == "We are full until June."

    phone.get_by_label("What could the sender do").fill("Home-Start has places.")
    phone.get_by_role("button", name="Decline").click()
    phone.get_by_text("keeps the family").wait_for()


def test_ruth_hands_over_in_two_short_screens(castellanos, stockwell, ruth, page, sign_in_as, axe):
    sign_in_as(ruth, page).goto(f"/referrals/new/?family={castellanos.ref}")
    assert axe(page) == []
    page.get_by_label("Postnatal handover").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("To", exact=True).select_option("Stockwell health visiting")
    page.get_by_label("Why, and what").fill("Discharged today, feeding well.")
    for box in page.get_by_role("checkbox").all():
        box.check()
    assert axe(page) == []

    page.get_by_role("button", name="Send").click()

    page.get_by_text("who have yet to answer").wait_for()
    assert axe(page) == []


def test_every_move_has_a_page_that_anybody_can_use(referral, sam, grace, page, sign_in_as, axe):
    def open_pages(user, *verbs):
        sign_in_as(user, page)
        for verb in verbs:
            page.goto(f"/referrals/{referral.ref}/{verb}/".replace("//", "/"))
            assert axe(page) == [], verb
        return Referral.objects.select_related(*BESIDE).get(pk=referral.pk)

    now = open_pages(sam, "accept", "acknowledge", "ask", "decline", "redirect", "pause")
    receiver_actions.ask(referral=now, question="Which nights?", by=sam)
    now = open_pages(grace, "answer", "withdraw")
    clock_actions.pause(referral=now, why="They are away", by=grace)
    now = open_pages(grace, "resume")
    sender_actions.answer(referral=now, answer="All of them", by=grace)
    Referral.objects.filter(pk=referral.pk).update(status="accepted", accepted_at=timezone.now())
    now = open_pages(sam, "allocate", "first-contact", "close")
    declined = {"accepted_at": None, "declined_at": timezone.now(), "decline_reason": "Full"}
    Referral.objects.filter(pk=referral.pk).update(status="declined", decided_by=sam, **declined)
    now = open_pages(grace, "challenge")
    dispute_actions.challenge(referral=now, why="She is worse", by=grace)
    now = open_pages(sam, "propose", "take-further")
    dispute_actions.propose(referral=now, settled_as="stands", why="So", by=sam)
    open_pages(grace, "agree", "")


def test_a_story_reads_from_the_latest(referral, sam, grace, page, sign_in_as, axe):
    receiver_actions.ask(referral=referral, question="Which nights are the worst?", by=sam)
    sender_actions.answer(referral=referral, answer="Every night, since the move.", by=grace)
    receiver_actions.accept(referral=referral, by=sam, allocated_to=sam)
    sign_in_as(grace, page).goto(f"/referrals/{referral.ref}/")
    assert axe(page) == []
    titles = page.locator(".moj-timeline__title").all_inner_texts()
    assert titles[0] == "Accepted"
    assert titles[-1] == "Sent"
