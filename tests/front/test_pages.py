"""Every piece and the sign-in page in a real browser, on a desk and on a phone."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from leap.core.accounts.models import User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def demonstration(settings) -> None:
    cache.clear()
    settings.DEMO = True


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_every_piece_is_open_to_everybody(page: Page, axe, sign_in_as, grace: User):
    sign_in_as(grace, page).goto("/design/")
    assert axe(page) == []


def test_every_piece_is_open_to_everybody_on_a_phone(phone: Page, axe, sign_in_as, grace: User):
    sign_in_as(grace, phone).goto("/design/")
    assert axe(phone) == []
    assert fits(phone)


def test_it_stands_without_the_design_systems_files(
    phone: Page, axe, sign_in_as, grace, monkeypatch
):
    monkeypatch.setattr("leap.core.ui.templatetags.components.finders.find", lambda name: None)
    sign_in_as(grace, phone).goto("/design/")
    assert phone.locator("link[href*='plain.css']").count() == 1
    assert axe(phone) == []
    assert fits(phone)


def test_signing_in_is_open_to_everybody(phone: Page, axe, db: None):
    phone.goto("/sign-in/")
    assert axe(phone) == []
    assert fits(phone)


def test_grace_signs_in_with_the_keyboard_alone(page: Page, grace: User):
    page.goto("/sign-in/?next=/design/")
    page.locator("#id_email").focus()
    page.keyboard.type(grace.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/design/$"))
    expect(page.locator(".leap-account__name")).to_have_text("Grace Mensah")


def test_after_a_wrong_password_the_problem_has_the_focus(page: Page, axe, grace: User):
    page.goto("/sign-in/")
    page.fill("#id_email", grace.email)
    page.fill("#id_password", "wrong")
    page.locator("form:has(#id_email) button[type=submit]").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    assert axe(page) == []


def test_an_error_leads_to_its_field(page: Page, db: None):
    page.goto("/design/")
    page.get_by_role("link", name="Choose an answer for “Kind of contact”.").click()
    expect(page.locator("#wrong_kind_0")).to_be_focused()


def test_signed_out_the_back_button_shows_nothing(page: Page, sign_in_as, grace: User):
    sign_in_as(grace, page).goto("/design/")
    page.get_by_role("button", name="Sign out").click()
    page.go_back()
    expect(page.get_by_text("Grace Mensah")).to_have_count(0)


def test_typing_saves_a_draft_and_says_so(page: Page, sign_in_as, grace: User):
    sign_in_as(grace, page).goto("/design/")
    requests = []
    page.route(
        "**/drafts/try/", lambda route: (requests.append(route.request), route.fulfill(status=204))
    )
    start_drafting(page)
    page.fill("#id_note", "Ada was well.")
    expect(page.locator(".leap-draft")).to_have_text(re.compile(r"Draft saved \d\d:\d\d"))
    assert "note=Ada+was+well." in requests[0].post_data
    assert "csrfmiddlewaretoken" not in requests[0].post_data
    assert requests[0].headers["x-csrftoken"]


def test_a_draft_that_cannot_be_saved_says_so_too(page: Page, sign_in_as, grace: User):
    sign_in_as(grace, page).goto("/design/")
    page.route("**/drafts/try/", lambda route: route.fulfill(status=403))
    start_drafting(page)
    page.fill("#id_note", "Ada was well.")
    expect(page.locator(".leap-draft")).to_contain_text("You are signed out.")


def start_drafting(page: Page) -> None:
    """Mark a form of the design page as one that keeps drafts, before our script runs."""
    page.add_init_script(
        "document.addEventListener('readystatechange', () => {"
        " const form = document.querySelector('#id_note')?.form;"
        " if (form) form.dataset.draft = '/drafts/try/'; })"
    )
    page.reload()
