"""Signing in again over the page: nothing that was typed is lost, and nobody else sends it."""

from datetime import timedelta
from time import time

import pyotp
import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from families.models import Contact, Family
from leap.core.accounts.models import User
from leap.core.auth import actions, one_time_codes
from leap.core.auth.models import UserSession
from leap.core.outbox.models import Draft
from tests.conftest import PASSWORD

NOTE = "Seen at home. Chidi feeds well and sleeps through; Ada is tired. " * 12


def end_every_session(user: User) -> None:
    UserSession.objects.filter(user=user).delete()


@pytest.fixture
def contact(page: Page, sign_in_as, grace: User, okafors: Family) -> Page:
    """Grace's long form, half filled."""
    sign_in_as(grace, page).goto(f"/families/{okafors.ref}/contacts/new/")
    page.get_by_label("What happened?").fill(NOTE)
    return page


def more(page: Page) -> None:
    page.get_by_label("What happened?").press_sequentially(" More.")


def again(page: Page, password: str = PASSWORD) -> None:
    dialog = page.get_by_role("dialog", name="Sign in again to go on")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Password").fill(password)
    dialog.get_by_role("button", name="Sign in and go on").click()


def key_of(page: Page) -> str:
    return page.locator("form[data-draft] [name=submission]").input_value()


@pytest.mark.browser
def test_a_session_that_ends_in_the_middle_of_a_long_contact_costs_nothing(
    contact: Page, axe, grace: User, okafors: Family
):
    end_every_session(grace)
    key = key_of(contact)
    more(contact)  # the next autosave notices
    expect(contact.get_by_role("dialog")).to_be_visible()
    assert axe(contact) == []
    expect(contact.get_by_label("What happened?")).to_be_hidden()  # not for whoever comes by
    again(contact, "not my password")
    expect(contact.get_by_text("That password is not right.")).to_be_visible()
    again(contact)
    expect(contact.get_by_role("dialog")).to_be_hidden()
    expect(contact.get_by_label("What happened?")).to_have_value(NOTE + " More.")
    assert key_of(contact) == key
    contact.get_by_role("button", name="Save contact").click()
    expect(contact.get_by_text("Contact saved.")).to_be_visible()
    assert [one.note for one in Contact.objects.filter(family=okafors)] == [NOTE + " More."]


@pytest.mark.browser
def test_saving_after_too_long_signs_in_first_and_then_saves_once(
    page: Page, sign_in_as, grace: User, okafors: Family
):
    page.clock.install()
    sign_in_as(grace, page).goto(f"/families/{okafors.ref}/contacts/new/")
    page.get_by_label("What happened?").fill(NOTE)
    end_every_session(grace)
    page.clock.set_system_time(timezone.now() + timedelta(minutes=31))  # the lid was closed
    page.get_by_role("button", name="Save contact").click()
    again(page)
    expect(page.get_by_text("Contact saved.")).to_be_visible()
    assert Contact.objects.filter(family=okafors).count() == 1


@pytest.mark.browser
def test_two_minutes_before_the_end_the_page_says_so(
    page: Page, sign_in_as, axe, grace: User, okafors: Family
):
    page.clock.install()
    sign_in_as(grace, page).goto(f"/families/{okafors.ref}/contacts/new/")
    here_at(grace, minutes_ago=28.5)
    page.clock.fast_forward("28:00")
    warning = page.get_by_role("dialog", name="You will be signed out in two minutes")
    expect(warning).to_be_visible()
    assert axe(page) == []
    warning.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    assert UserSession.objects.get(user=grace).seen_at > timezone.now() - timedelta(minutes=1)


@pytest.mark.browser
def test_left_alone_the_page_hides_what_is_on_it(
    phone: Page, sign_in_as, axe, grace: User, okafors: Family
):
    phone.clock.install()
    sign_in_as(grace, phone).goto(f"/families/{okafors.ref}/")
    end_every_session(grace)
    phone.clock.fast_forward("30:30")
    expect(phone.get_by_role("dialog", name="Sign in again to go on")).to_be_visible()
    phone.keyboard.press("Escape")
    phone.keyboard.press("Escape")
    expect(phone.get_by_role("dialog", name="Sign in again to go on")).to_be_visible()
    expect(phone.get_by_role("heading", name="Okafor")).to_be_hidden()
    assert axe(phone) == []


@pytest.mark.browser
def test_with_an_authenticator_app_the_code_is_asked_in_place_too(contact: Page, grace: User):
    key = one_time_codes.new_key()
    code = pyotp.TOTP(key)
    actions.set_up_second_factor(user=grace, key=key, code=code.at(int(time()) - 30))
    end_every_session(grace)
    more(contact)
    again(contact)
    dialog = contact.get_by_role("dialog", name="Enter your code")
    dialog.get_by_label("Code of your authenticator app").fill(code.now())
    dialog.get_by_role("button", name="Sign in and go on").click()
    expect(dialog).to_be_hidden()
    expect(contact.get_by_label("What happened?")).to_have_value(NOTE + " More.")


@pytest.mark.browser
def test_when_somebody_else_signs_in_over_it_nothing_is_shown_kept_or_sent_as_them(
    contact: Page, sign_in_as, grace: User, miriam: User, okafors: Family
):
    """Miriam may see the family: only whose page it is stands in the way."""
    sign_in_as(miriam, contact)  # in another tab of the same browser
    more(contact)
    expect(contact.get_by_text("Somebody else has signed in here.")).to_be_visible()
    expect(contact.get_by_label("What happened?")).to_be_hidden()
    assert not Draft.objects.filter(user=miriam).exists()
    assert not Contact.objects.exists()
    again(contact)  # Grace is back
    contact.get_by_role("button", name="Save contact").click()
    expect(contact.get_by_text("Contact saved.")).to_be_visible()
    assert Contact.objects.get().by == grace


# Without the page's script


def here_at(user: User, minutes_ago: float) -> None:
    """As if `user` had last given a sign of life then."""
    for row in UserSession.objects.filter(user=user):
        data = {**row.get_decoded(), "here_at": int(time() - 60 * minutes_ago)}
        row.session_data = UserSession.objects.encode(data)
        row.save()


def test_asking_is_no_sign_of_life_and_sending_one_is(client_of, grace: User):
    hers = client_of(grace)
    here_at(grace, minutes_ago=20)
    assert hers.get("/sign-in/still/").json()["seconds"] <= 10 * 60
    assert hers.get("/sign-in/still/").json()["seconds"] <= 10 * 60
    assert hers.post("/sign-in/still/").json()["seconds"] > 29 * 60


def test_signed_out_nobody_is_there(client, db):
    assert client.get("/sign-in/still/").json() == {"who": "", "seconds": 0}


def test_a_form_made_for_grace_is_refused_to_whoever_signed_in_over_it(
    client_of, grace: User, sam: User
):
    typed = {"name": "Silva", "made_for": str(grace.ref)}
    answer = client_of(sam).post("/drafts/register/", typed)
    assert answer.status_code == 409
    assert "Silva" not in answer.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("made_for", ["", "somebody else"])
def test_an_old_token_shows_typing_to_nobody_but_whom_the_form_was_made_for(
    grace: User, sam: User, made_for: str
):
    other = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    other.force_login(sam)
    typed = {"note": "Ada was well.", "made_for": made_for and str(grace.ref)}
    answer = other.post("/drafts/register/", typed)
    assert answer.status_code == 409
    assert "Ada was well." not in answer.content.decode()


def test_every_form_that_creates_says_whose_it_is(client_of, grace: User, okafors: Family):
    page = client_of(grace).get(f"/families/{okafors.ref}/contacts/new/").content.decode()
    assert f'name="made_for" value="{grace.ref}"' in page


def test_signing_in_in_place_takes_the_password_of_whose_page_it_is(client, grace: User, sam: User):
    fields = {"who": str(grace.ref), "password": "wrong"}
    assert client.post("/sign-in/again/", fields).status_code == 403
    for stranger in ("nobody", "00000000-0000-4000-8000-000000000000"):
        refused = client.post("/sign-in/again/", {"who": stranger, "password": PASSWORD})
        assert refused.status_code == 403
    assert client.post("/sign-in/again/", {**fields, "password": PASSWORD}).json()["seconds"] > 1700


def test_guessing_in_place_is_slowed_down_like_at_the_door(client, grace: User):
    for _ in range(10):
        client.post("/sign-in/again/", {"who": str(grace.ref), "password": "wrong"})
    fields = {"who": str(grace.ref), "password": PASSWORD}
    assert client.post("/sign-in/again/", fields).status_code == 403
    door = {"email": grace.email, "password": PASSWORD}
    assert client.post("/sign-in/", door).status_code == 200


def test_nobody_stays_in_for_longer_than_a_working_day(client, grace: User, settings):
    client.post("/sign-in/", {"email": grace.email, "password": PASSWORD})
    assert client.get("/account/").status_code == 200
    settings.SESSION_LONGEST = 0
    assert client.get("/account/").status_code == 302
