"""A form that was refused is a draft: typed, saved at once with something wrong, gone away from."""

import ast
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from families.models import Contact, Family, Person, SafetyAlert
from families.plans.models import Plan
from leap.casework.life_events.models import Loss
from leap.core.outbox.drafts import keep_draft
from leap.core.outbox.models import Draft
from referrals.models import ExternalReferral, Referral
from tests.casework.reading import read
from tests.families.test_register import ANA, typed
from tests.families.test_sharing import DECIDED

WORDS = "Ada says that the nights are long."


@pytest.fixture
def browser(client_of, grace):
    return client_of(grace)


@pytest.fixture
def forms(okafors, family_support, stockwell):
    """Each form with something wrong in it, and where the words stand."""
    ada = okafors.members.get(role="mother").person
    about, team = f"/families/{okafors.ref}", stockwell.code
    contact = {"kind": "home_visit", "on": "2099-01-01", "at": "10:00", "outcome": "attended"}
    return {
        "contact": (f"{about}/contacts/new/", contact | {"note": WORDS, "team": team}),
        "sharing": (
            f"{about}/sharing/decide/",
            DECIDED | {"reason": WORDS, "told": "no", "team": team},
        ),
        "assessment": (
            f"{about}/assessments/{ada.ref}/",
            {"on": "2099-01-01", "epds_total": "9", "wemwbs_total": WORDS, "team": team},
        ),
        "person": (
            f"{about}/people/add/",
            {"role": "child", "given_name": WORDS, "day_day": "31", "day_month": "2"},
        ),
        "family": ("/families/new/", typed(ANA | {"given_name": WORDS, "day_day": "77"})),
        "referral": (
            f"/referrals/new/?family={okafors.ref}&pathway=health-visiting-to-family-support",
            {"from_team": team, "to_team": "nobody", "reason": WORDS},
        ),
        "outside": (f"/referrals/outside/new/?family={okafors.ref}", {"reason": WORDS}),
        "alert": (
            f"{about}/alerts/add/",
            {"kind": "dog", "words": WORDS, "review_on": "2001-01-01", "team": team},
        ),
        "plan": (f"{about}/plan/begin/", {"going_well": WORDS, "review_on": "31 June"}),
        "loss": (f"{about}/loss/", {"person": ada.ref, "on": "2099-01-01", "note": WORDS}),
    }


NAMES = [
    "contact",
    "sharing",
    "assessment",
    "person",
    "family",
    "referral",
    "outside",
    "alert",
    "plan",
    "loss",
]


@pytest.mark.parametrize("name", NAMES)
def test_it_comes_back_with_the_form_and_stands_on_my_work(browser, forms, name):
    address, fields = forms[name]
    refused = browser.post(address, {**fields, "submission": str(uuid4())})
    assert refused.status_code == 200, refused.headers
    assert WORDS in refused.text

    again = browser.get(address)

    assert WORDS in again.text
    assert re.search("We kept what you typed|is here again", read(again))
    assert address.replace("&", "&amp;") in browser.get("/").text


@pytest.mark.parametrize("name", NAMES)
def test_what_is_shown_again_is_never_carried_out_by_looking(browser, forms, name):
    address, fields = forms[name]
    browser.post(address, {**fields, "submission": str(uuid4())})
    browser.get(address)

    for model in (Contact, SafetyAlert, Plan, Loss, Referral, ExternalReferral):
        assert not model.objects.exists()


def test_a_whole_form_that_is_only_opened_does_nothing(browser, okafors, stockwell):
    """It was refused for another reason than what was typed: it is valid, and nobody sent it."""
    day = "2099-01-01"
    fields = {"kind": ["dog"], "words": ["Barks"], "review_on": [day], "team": [stockwell.code]}
    keep_draft(form=f"families-add_alert-{okafors.ref}", fields=fields, by=stockwell_grace(okafors))

    assert "Barks" in browser.get(f"/families/{okafors.ref}/alerts/add/").text
    assert not SafetyAlert.objects.exists()


def stockwell_grace(family):
    return family.lead_practitioner


def test_once_saved_it_is_gone(browser, forms):
    address, fields = forms["alert"]
    key = str(uuid4())
    browser.post(address, {**fields, "submission": key})
    assert Draft.objects.count() == 1

    review_on = timezone.localdate() + timedelta(days=30)
    browser.post(address, {**fields, "submission": key, "review_on": review_on})

    assert SafetyAlert.objects.count() == 1
    assert not Draft.objects.exists()
    assert "We kept what you typed" not in browser.get(address).text


def test_it_can_be_thrown_away(browser, forms):
    address, fields = forms["plan"]
    browser.post(address, {**fields, "submission": str(uuid4())})
    discard = re.search(r'action="(/drafts/[^"]+/discard/)"', browser.get(address).text)[1]

    browser.post(discard)

    assert WORDS not in browser.get(address).text


def test_it_is_nobody_else_s(browser, forms, client_of, miriam):
    address, fields = forms["plan"]
    browser.post(address, fields)

    assert WORDS not in client_of(miriam).get(address).text


def test_a_refusal_by_the_rules_keeps_it_too(browser, okafors, forms):
    """409 and 403 come as pages of their own, on which the form is not."""
    address, fields = forms["alert"]
    Family.objects.filter(pk=okafors.pk).update(closed_at=timezone.now())

    refused = browser.post(address, fields)

    assert refused.status_code in (403, 409)
    assert WORDS in refused.text
    assert Draft.objects.get().fields["words"] == [WORDS]
    assert WORDS in browser.get(address).text


def test_passwords_and_codes_are_never_kept(browser, db):
    browser.post(
        reverse("accounts:change_password"), {"old_password": "Wrong-1", "new_password1": "x"}
    )

    assert not Draft.objects.exists()


def test_somebody_out_of_sight_is_not_named(browser, forms, client_of, sam):
    person = Person.objects.get(given_name="Ada")
    address, fields = forms["loss"]
    assert client_of(sam).post(address, fields).status_code == 404
    assert person.name not in client_of(sam).get("/").text


# Views that read a form from what was sent, and from nothing else. What holds for all below them:
# nothing is typed, or whoever types has no account, or what is typed is a password or a code.
CHOSEN_ONLY = {
    "leap/administration/views/members.py": "a button",
    "leap/administration/views/people.py": "a button",
    "outcomes/figures/views.py": "one of four reasons",
    "outcomes/reports/views.py": "a period",
    "referrals/external/incoming_views.py": "whoever sends it in has no account",
    "referrals/external/link_views.py": "whoever answers by a link has no account",
    "families/people/registration_views.py": "`sent_or_draft` is asked first, by the same view",
}


def test_no_view_reads_a_form_from_what_was_sent_alone():
    """Other than by `sent_or_draft`: a form read past it keeps nothing."""
    reads = re.compile(r"request\.POST(?![.\[])")
    alone = {
        str(path.relative_to(settings.BASE_DIR))
        for app in ("families", "referrals", "sites", "outcomes", "leap")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and re.search(r"(?:Form|People)$", ast.unparse(call.func))
        and any(reads.search(ast.unparse(argument)) for argument in call.args)
    }
    alone = {path for path in alone if not path.startswith("leap/core/auth/")}
    assert alone <= set(CHOSEN_ONLY), "ask `leap.core.outbox.drafts.sent_or_draft` instead"
