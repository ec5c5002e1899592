"""Going back and saving again in Chromium, with JavaScript and without."""

import pytest
from playwright.sync_api import Browser, Page, expect

from families.models import Contact
from leap.core.outbox.models import Draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def tab(request, browser: Browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def save(tab: Page) -> None:
    tab.get_by_role("button", name="Save contact").click()


def test_back_then_save_shows_the_first(tab, sign_in_as, grace, okafors):
    sign_in_as(grace, tab).goto(f"/families/{okafors.ref}/contacts/new/")
    tab.get_by_label("What happened?").fill("Feeding well.")
    save(tab)
    expect(tab.get_by_text("Contact saved.")).to_be_visible()
    tab.go_back()
    expect(tab.get_by_label("What happened?")).to_have_value("Feeding well.")
    save(tab)

    expect(tab.get_by_role("heading", name="You saved this at")).to_be_visible()
    assert Contact.objects.count() == 1
    first = f"/families/{okafors.ref}/contacts/{Contact.objects.get().ref}/"
    expect(tab.get_by_role("button", name="Open it")).to_have_attribute("href", first)
    tab.get_by_role("button", name="It is another").click()
    expect(tab.get_by_text("Contact saved.")).to_be_visible()
    assert Contact.objects.count() == 2
    assert not Draft.objects.exists()
