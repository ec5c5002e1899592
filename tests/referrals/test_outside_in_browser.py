"""A manager refers to a practice without an account, and its GP answers: both in Chromium."""

import pytest

from leap.core.outbox.models import Message
from tests.referrals.reading import link_of


def filled_in(hers):
    hers.get_by_label("A service: we ask them to help").check()
    hers.get_by_label("Which organisation?").fill("Clapham Family Practice")
    hers.get_by_label("Who there?").fill("Dr Quaye")
    hers.get_by_label("By a secure link").check()
    hers.get_by_label("Their work e-mail").fill("quaye@practice.example")
    hers.get_by_label("Why, and what do you ask for?").fill("Slow weight gain.")
    hers.get_by_label("They know and agree").check()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_manager_refers_to_a_practice_that_has_no_account(
    okafors, miriam, phone, page, sign_in_as, axe
):
    hers = sign_in_as(miriam, phone)
    hers.goto(f"/families/{okafors.ref}/")
    hers.get_by_role("button", name="Refer or hand over").click()
    hers.get_by_role("link", name="Somebody without an account").click()
    assert axe(hers) == []
    filled_in(hers)
    hers.get_by_role("button", name="Send").click()
    code = hers.locator(".govuk-panel strong").inner_text()
    assert axe(hers) == []

    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(link_of(Message.objects.filter(to="quaye@practice.example").get()))
    assert axe(page) == []
    page.get_by_label("Your name").fill("Nii Quaye")
    page.get_by_label("Your role").fill("GP")
    page.get_by_label("Where you work").fill("Clapham Family Practice")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Open").click()
    page.get_by_text("Slow weight gain.").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("How to reach them").wait_for()
    assert axe(page) == []

    hers.get_by_role("button", name="I have given it").click()
    hers.get_by_text("Nii Quaye, GP, Clapham Family Practice accepted it on").wait_for()
    assert axe(hers) == []
