"""Handoffs as those who make them meet them: a birth, a no that is disputed, somebody who goes."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from families.inputs import NewPerson
from families.models import Family, HandoverNote
from families.people.actions import register_family
from leap.governance.integrity import PROMISES
from referrals.models import Pathway, Referral
from referrals.transitions import sender_actions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _as_promised(asha):
    """After each story, nothing is broken that was promised."""
    yield
    assert {
        promise.none_of: promise.look().first for promise in PROMISES if promise.look().count
    } == {}


@pytest.fixture
def press(axe):
    """Open a page by its button or link, see that anybody can use it, fill it in, and send it."""

    def fill_and_send(page, opened, typed, button, words):
        page.get_by_role("button", name=opened, exact=True).first.click()
        for label, text in typed.items():
            page.get_by_label(label).first.fill(text)
        assert axe(page) == []
        page.get_by_role("button", name=button, exact=True).click()
        page.get_by_text(words).first.wait_for()

    return fill_and_send


@pytest.fixture
def expecting(ruth, midwives):
    """Rosa Castellano, whose baby is due today, and the midwives who lead."""
    return register_family(
        name="Castellano",
        lead_team=midwives,
        by=ruth,
        people=[
            NewPerson("mother", "Rosa", "Castellano", date(1994, 5, 2), sex="female"),
            NewPerson("unborn", "Baby", "Castellano", due_date=timezone.localdate()),
        ],
    )


def test_from_midwife_to_health_visitor_at_birth(
    expecting, stockwell, ruth, grace, page, sign_in_as, axe, press
):
    """A birth, a handover in one short screen, and whoever accepts leads from that moment."""
    sign_in_as(ruth, page).goto(f"/families/{expecting.ref}/birth/")
    today = timezone.localdate().isoformat()
    page.get_by_label("Date of birth", exact=True).fill(today)
    page.get_by_label("Alive").first.check()
    page.get_by_label("First names").first.fill("Leo")
    page.get_by_label("Birth weight").first.fill("3420")
    page.get_by_label("First feed").first.select_option("Breast milk")
    page.get_by_role("button", name="Record the birth").click()
    page.get_by_text("Leo").first.wait_for()

    page.goto(f"/referrals/new/?family={expecting.ref}&pathway=postnatal-handover")
    page.get_by_text("Birth weight: recorded").wait_for()
    page.get_by_label("To", exact=True).select_option(stockwell.name)
    page.get_by_label("Why, and what").fill("Discharged today, feeding well.")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Sent to Stockwell health visiting").wait_for()
    an_hour_ago = timezone.now() - timedelta(hours=1)
    Referral.objects.update(sent_at=an_hour_ago)
    referral = Referral.objects.get()

    sign_in_as(grace, page).goto(referral.get_absolute_url())
    press(page, "Accept", {}, "Accept", "has accepted it")
    when = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    press(page, "Record first contact", {"When was": when}, "Record", "is working")

    family = Family.objects.get()
    assert (family.lead_team, family.lead_practitioner) == (stockwell, grace)


def test_a_decline_is_disagreed_with_and_both_sides_come_to_agree(
    okafors, stockwell, family_support, grace, sam, page, sign_in_as, press
):
    """The family stays with Grace all along; Sam takes it on after all."""
    first = sender_actions.refer(
        family=okafors,
        pathway=Pathway.objects.get(code="health-visiting-to-family-support"),
        from_team=stockwell,
        to_team=family_support,
        reason="Ada would like help with sleep.",
        by=grace,
    )
    address = first.get_absolute_url()
    no = {"Why can your team": "Not our threshold.", "What could the sender": "Wait."}

    sign_in_as(sam, page).goto(address)
    press(page, "Decline", no, "Decline", "keeps the family")
    sign_in_as(grace, page).goto(address)
    press(page, "Disagree", {"Why": "She has not slept for weeks."}, "Disagree", "you disagree")
    sign_in_as(sam, page).goto(address)
    page.get_by_role("button", name="Propose how to settle it").click()
    page.get_by_label("The receiving team takes it on").check()
    page.get_by_label("Why?").fill("We can start in May.")
    page.get_by_role("button", name="Propose", exact=True).click()
    page.get_by_text("when the other side agrees").wait_for()
    sign_in_as(grace, page).goto(address)
    press(page, "Agree", {}, "Agree", "Agreed: this is settled.")

    again = Referral.objects.get(follows=first)
    assert (again.status, again.to_team, again.sent_by) == ("sent", family_support, grace)
    okafors.refresh_from_db()
    assert (okafors.lead_team, okafors.lead_practitioner) == (stockwell, grace)


def test_a_leaver_with_thirty_families_leaves_none_behind(
    stockwell, grace, miriam, make_user, page, sign_in_as, axe
):
    """Twenty-nine to one colleague and one to another, with a note each, and then she can go."""
    families = [
        register_family(
            name=f"Abe {n}",
            lead_team=stockwell,
            by=grace,
            people=[NewPerson("child", "Kit", "Abe", timezone.localdate() - timedelta(days=n))],
        )
        for n in range(30)
    ]
    bola, una = make_user("Bola Ade", stockwell), make_user("Una Fox", stockwell)

    sign_in_as(miriam, page).goto(reverse("administration:leaving", args=[grace.ref]))
    page.get_by_text("Stockwell health visiting: 30 families").wait_for()
    assert axe(page) == []
    page.locator(f"[name=to_{families[7].ref}]").select_option(str(una.ref))
    page.locator(f"[name=note_{families[7].ref}]").fill("Prefers mornings.")
    page.locator("[name=to]").select_option(str(bola.ref))
    page.locator("[name=note]").fill("They know me well; see the last visit.")
    page.get_by_role("button", name="Hand on").click()
    page.get_by_text("Nothing is theirs.").wait_for()

    assert axe(page) == []
    assert Family.objects.filter(lead_practitioner=bola).count() == 29
    assert Family.objects.get(lead_practitioner=una) == families[7]
    assert HandoverNote.objects.count() == 30
    page.get_by_role("link", name="End their time in Stockwell health visiting").wait_for()
