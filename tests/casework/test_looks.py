"""The pages in a real browser: on a desk and on a phone, for everybody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from families.contacts import actions
from families.inputs import NewContact, ObservationInput
from families.models import Contact, Person
from leap.core.outbox.models import Draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visited(okafors, stockwell, grace, chidi):
    """A family with a visit, a missed clinic and an interpreter."""
    Person.objects.filter(given_name="Ada").update(language="Igbo", interpreter=True)
    for days, outcome in ((3, "attended"), (1, "was_not_brought")):
        weight = ObservationInput(chidi, "birth_weight_g", "3240")
        new = NewContact(
            kind="home_visit",
            occurred_at=timezone.now() - timedelta(days=days),
            outcome=outcome,
            concerned=[chidi],
            note="All well.",
            findings=[weight] if outcome == "attended" else [],
        )
        actions.log_contact(family=okafors, new=new, team=stockwell, by=grace)
    return okafors


ADDRESSES = (
    "/",
    "/families/",
    "/families/?q=okafor",
    "/families/?q=nobody",
    "/families/due/",
    "/families/new/",
    "/families/{ref}/",
    "/families/{ref}/contacts/new/",
    "/families/{ref}/contacts/{contact}/",
)


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_nothing_stands_in_anybodys_way(request, screen, visited, grace, sign_in_as, axe):
    page = sign_in_as(grace, request.getfixturevalue(screen))
    contact = Contact.objects.first().ref
    for address in ADDRESSES:
        page.goto(address.format(ref=visited.ref, contact=contact))
        assert axe(page) == [], address
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, f"{address} scrolls sideways"


@pytest.mark.parametrize("name", ["miriam", "asha"])
def test_nor_in_a_managers_or_an_admins(request, name, visited, page, sign_in_as, axe):
    signed_in = sign_in_as(request.getfixturevalue(name), page)
    signed_in.goto("/")

    assert axe(signed_in) == []


def test_an_ordinary_visit_is_logged_on_a_phone_in_a_few_taps(visited, grace, phone, sign_in_as):
    sign_in_as(grace, phone)
    phone.goto(f"/families/{visited.ref}/")
    phone.get_by_role("button", name="Log a contact").click()
    phone.get_by_role("group", name="Who was there?").get_by_label("Ada Okafor, mother").check()
    phone.get_by_label("What happened?").fill("Weaning started.")
    phone.get_by_role("button", name="Save contact").click()

    phone.get_by_text("Contact saved.").wait_for()
    contact = Contact.objects.get(note="Weaning started.")
    assert contact.people.filter(present=True).count() == 1


def test_a_visit_is_logged_from_the_keyboard_alone(visited, grace, page, sign_in_as):
    sign_in_as(grace, page)
    page.goto(f"/families/{visited.ref}/contacts/new/")
    page.get_by_label("What happened?").focus()
    page.keyboard.type("Typed without a mouse.")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "Save contact":
            break
    page.keyboard.press("Enter")

    page.get_by_text("Contact saved.").wait_for()
    assert Contact.objects.filter(note="Typed without a mouse.").exists()


def test_a_closed_tab_loses_nothing(visited, grace, page, sign_in_as):
    sign_in_as(grace, page)
    page.goto(f"/families/{visited.ref}/contacts/new/")
    page.get_by_label("What happened?").fill("Half a sen")
    page.get_by_text("Draft saved").wait_for()

    page.goto("/")
    page.get_by_role("link", name=f"Contact with Okafor ({visited.ref})").click()

    assert page.get_by_label("What happened?").input_value() == "Half a sen"
    page.get_by_role("button", name="Discard it and start again").click()
    assert page.get_by_label("What happened?").input_value() == ""
    assert not Draft.objects.exists()
