"""Dr Quaye, a GP without an account, refers a family; a health visitor takes them on; he hears."""

import pytest
from django.core.cache import cache

from leap.core.outbox.models import Message
from referrals.models import InboundReferral, Referral

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TYPED = {
    "Your name": "Nii Quaye",
    "Your role": "GP at Clapham Family Practice",
    "Your work e-mail": "quaye@practice.example",
    "A telephone": "020 7946 0018",
    "Who is it about": "Chidi Okafor, and his mother Ada",
    "Where do they live": "By telephone in the mornings",
    "Why do you refer": "Slow weight gain.",
}


@pytest.fixture(autouse=True)
def _an_hour_of_its_own():
    cache.clear()


def test_a_referral_from_a_gp_without_an_account(
    okafors, stockwell, grace, phone, page, sign_in_as, axe
):
    he_writes(phone, axe, stockwell)
    ref = InboundReferral.objects.get().ref
    sign_in_as(grace, page)
    she_takes_it_in(page, axe, ref, okafors)
    she_accepts(page, axe, grace)

    assert Referral.objects.get().incoming.ref == ref
    message = Message.objects.get(to="quaye@practice.example")
    assert f"has accepted your referral {ref}" in message.body


def he_writes(phone, axe, stockwell):
    phone.goto("/")
    phone.get_by_role("link", name="Refer a family without an account").click()
    assert axe(phone) == []
    for label, text in TYPED.items():
        phone.get_by_label(label).fill(text)
    phone.get_by_label("Which team").select_option(stockwell.name)
    phone.get_by_role("button", name="Send").click()
    phone.get_by_text("Your reference").wait_for()
    assert axe(phone) == []


def she_takes_it_in(page, axe, ref, family):
    page.goto("/referrals/")
    page.get_by_role("link", name="From outside").click()
    assert axe(page) == []
    page.get_by_role("link", name=ref).click()
    page.get_by_text("Slow weight gain.").wait_for()
    assert axe(page) == []
    page.get_by_label("Family reference").fill(family.ref)
    page.get_by_label("I rang where they say they work").check()
    page.get_by_role("button", name="Settle").click()
    page.get_by_text(f"{ref} is now referral").wait_for()


def she_accepts(page, axe, grace):
    page.get_by_text("Nii Quaye, GP at Clapham Family Practice").first.wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Accept").click()
    page.get_by_label("Who will work").select_option(grace.name)
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("Stockwell health visiting has accepted it (Grace Mensah)").wait_for()
