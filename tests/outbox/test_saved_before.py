"""Going back and saving again: the same words are recognised, whatever the form makes."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from families.models import Contact, Family, Member, Observation, SafetyAlert, SharingDecision
from families.plans.models import Goal, Plan, PlanStep
from leap.core.outbox.models import Draft, IdempotencyKey
from referrals.models import Attachment, Pathway, Referral
from referrals.transitions.sender_actions import refer
from tests.families.test_register import ANA, typed
from tests.families.test_sharing import DECIDED
from tests.referrals.test_attach import PDF

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def five_o_clock(time_machine):
    time_machine.move_to(datetime(2026, 3, 10, 17, tzinfo=LONDON), tick=False)


@pytest.fixture
def browser(client_of, grace):
    return client_of(grace)


@pytest.fixture
def visit(chidi, stockwell):
    def fields(**other):
        now = timezone.localtime()
        usual = {
            "submission": str(uuid4()),
            "concerned": [chidi.ref],
            "kind": "home_visit",
            "on": f"{now:%Y-%m-%d}",
            "at": f"{now:%H:%M}",
            "outcome": "attended",
            "review": "",
            "note": "Feeding well.",
            "team": stockwell.code,
        }
        return usual | other

    return fields


def anew(fields):
    """What the browser sends after going back: the same words under a new key."""
    return {**fields, "submission": str(uuid4())}


@pytest.fixture
def page(okafors):
    return f"/families/{okafors.ref}/contacts/new/"


def test_a_contact_saved_again_is_shown_and_not_made(browser, page, visit, okafors):
    first = visit()
    assert browser.post(page, first).status_code == 302
    answer = browser.post(page, anew(first))

    contact = Contact.objects.get()
    assert answer.status_code == 409
    assert "You saved this at" in answer.text
    assert f"/families/{okafors.ref}/contacts/{contact.ref}/" in answer.text
    assert "another contact" in answer.text
    assert not Draft.objects.exists()


def test_it_is_another_one_where_somebody_says_so(browser, page, visit):
    first = visit()
    browser.post(page, first)
    answer = browser.post(page, anew(first))
    again = re.search(r'action="([^"]+another=yes[^"]*)"', answer.text)[1]
    typed = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))

    assert browser.post(again, typed).status_code == 302
    assert Contact.objects.count() == 2


@pytest.mark.parametrize(
    "other", [{"note": "Feeding well; weighed."}, {"kind": "phone"}, {"outcome": "no_access"}]
)
def test_other_words_are_another_contact(browser, page, visit, other):
    browser.post(page, visit())
    browser.post(page, visit(**other))

    assert Contact.objects.count() == 2


def test_another_time_of_day_is_another_contact(browser, page, visit):
    browser.post(page, visit(at="09:00"))
    browser.post(page, visit(at="14:00"))

    assert Contact.objects.count() == 2


def test_the_time_that_the_form_fills_in_tells_nothing(browser, page, visit, time_machine):
    browser.post(page, visit(at="17:00"))
    time_machine.move_to(datetime(2026, 3, 10, 17, 20, tzinfo=LONDON), tick=False)
    answer = browser.post(page, visit(at="17:20"))

    assert answer.status_code == 409
    assert Contact.objects.count() == 1


def test_the_next_day_nothing_is_asked(browser, page, visit):
    first = visit()
    browser.post(page, first)
    IdempotencyKey.objects.update(made_at=timezone.now() - timedelta(hours=25))
    browser.post(page, anew(first))

    assert Contact.objects.count() == 2


def test_a_colleague_with_the_same_words_is_not_asked(client_of, miriam, browser, page, visit):
    browser.post(page, visit())
    client_of(miriam).post(page, visit())

    assert Contact.objects.count() == 2


def test_no_words_are_stored_to_compare_with(browser, page, visit):
    browser.post(page, visit(note="Nobody else may read this."))

    stored = str(IdempotencyKey.objects.values().get())
    assert "Nobody" not in stored
    assert "Chidi" not in stored


def twice(browser, path, fields):
    """Sent, then sent again after going back. Hands on the question that was asked."""
    first = browser.post(path, anew(fields))
    second = browser.post(path, anew(fields))
    assert first.status_code in (200, 302), first.text
    assert second.status_code == 409, second.text
    assert "You saved this at" in second.text
    return second.text


def test_a_family(browser, db, stockwell):
    twice(browser, "/families/new/", typed(ANA | {"day_year": 2025}))
    assert Family.objects.count() == 1


def test_somebody_who_joins(browser, okafors):
    fields = {"role": "grandparent", "given_name": "Ngozi", "family_name": "Okafor"}
    twice(browser, f"/families/{okafors.ref}/people/add/", fields)
    assert Member.objects.filter(person__given_name="Ngozi").count() == 1


def test_an_alert(browser, okafors, stockwell):
    day = timezone.localdate() + timedelta(days=9)
    fields = {"kind": "dog", "words": "Barks", "review_on": day, "team": stockwell.code}
    twice(browser, f"/families/{okafors.ref}/alerts/add/", fields)
    assert SafetyAlert.objects.count() == 1


def test_a_sharing_decision(browser, okafors, stockwell):
    fields = {**DECIDED, "team": stockwell.code}
    text = twice(browser, f"/families/{okafors.ref}/sharing/decide/", fields)
    assert "another sharing decision" in text
    assert SharingDecision.objects.count() == 1


def test_an_assessment(browser, okafors, stockwell):
    ada = okafors.members.get(role="mother").person
    fields = {"on": timezone.localdate(), "team": stockwell.code, "epds_total": "9"}
    twice(browser, f"/families/{okafors.ref}/assessments/{ada.ref}/", fields)
    assert Observation.objects.count() == 1


PLAN = {
    "going_well": "Sleep.",
    "worries": "Money.",
    "family_view": "A flat.",
    "level": "early_help",
}


def test_a_plan_and_what_is_in_it(browser, okafors, stockwell):
    at, today = f"/families/{okafors.ref}/plan/", timezone.localdate()
    twice(browser, f"{at}begin/", PLAN | {"review_on": today, "team": stockwell.code})
    twice(browser, f"{at}goals/new/", {"words": "Sleep", "whose": ""})
    goal = Goal.objects.get()
    step = {"what": "Ring", "who": "Ada", "by_when": today}
    twice(browser, f"{at}goals/{goal.ref}/steps/new/", step)
    met = {"on": today, "came": "Ada", "said": "Agreed.", "next_on": today + timedelta(weeks=6)}
    twice(browser, f"{at}meetings/new/", met)
    assert (Plan.objects.count(), PlanStep.objects.count()) == (1, 1)


def test_a_referral(browser, okafors, family_support):
    page = f"/referrals/new/?family={okafors.ref}&pathway=health-visiting-to-family-support"
    fields = {
        "from_team": "stockwell-health-visiting",
        "to_team": family_support.code,
        "reason": "Ada would like help with sleep.",
        "ticked": "That the family knows and agrees",
    }
    text = twice(browser, page, {**fields, "then": "draft"})
    assert Referral.objects.get().get_absolute_url() in text


def test_a_file(browser, okafors, family_support, grace):
    pathway = Pathway.objects.get(code="health-visiting-to-family-support")
    referral = refer(
        family=okafors, pathway=pathway, from_team=grace.teams[0], to_team=family_support,
        reason="Help with sleep.", ticked=["That the family knows and agrees"], by=grace,
    )  # fmt: skip
    file = lambda: SimpleUploadedFile("letter.pdf", PDF, "application/pdf")  # noqa: E731

    twice_path = f"/referrals/{referral.ref}/attach/"
    browser.post(twice_path, anew({"what": "A letter", "file": file()}))
    answer = browser.post(twice_path, anew({"what": "A letter", "file": file()}))

    assert answer.status_code == 409
    assert "choose the file again" in answer.text
    assert Attachment.objects.count() == 1


def test_two_at_the_same_moment_make_one(transactional_db, client_of, grace, page, visit):
    fields = visit(note="Both at once.")

    def save(_):
        try:
            return client_of(grace).post(page, anew(fields)).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as clicks:
        answers = sorted(clicks.map(save, range(3)))

    assert answers == [302, 409, 409]
    assert Contact.objects.count() == 1
