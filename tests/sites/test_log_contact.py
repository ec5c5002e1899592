"""A contact logged from a session: what is known of it stands in the form already."""

import re
from html import unescape

import pytest
from django.utils import timezone

from families.models import Contact
from sites.bookings import actions as booking_actions
from sites.registers import actions as register_actions
from tests.casework.reading import read


@pytest.fixture
def came(over, ada, chidi, okafors, grace):
    """Ada and Chidi walked into a session of this afternoon."""
    register_actions.walk_in(session=over, family=okafors, people=[ada, chidi], by=grace)
    return over


def link(browser, session):
    page = browser.get(f"/sessions/{session.ref}/").content.decode()
    match = re.search(r'href="(/families/[^"]+/contacts/new/[^"]*)"', page)
    return unescape(match[1]) if match else None


def test_when_where_and_who_are_filled_in(
    client_of, grace, came, ada, chidi, larkhall, baby_massage
):
    browser = client_of(grace)
    form = browser.get(link(browser, came)).context["form"]

    begins = timezone.localtime(came.starts_at)
    assert form["on"].value() == begins.date()
    assert form["at"].value() == begins.time()
    assert form["kind"].value() == "group"
    assert form["minutes"].value() == "60"
    assert (form["site"].value(), form["service"].value()) == (larkhall.code, baby_massage.code)
    assert form["concerned"].value() == [chidi.ref]
    assert set(form["present"].value()) == {ada.ref, chidi.ref}


def test_a_family_that_did_not_come_has_no_link(client_of, grace, over, session, chidi, okafors):
    booking_actions.book(session=session, family=okafors, people=[chidi], by=grace)
    assert link(client_of(grace), session) is None


def test_nobody_else_is_shown_the_family(client_of, came, sam, okafors):
    browser = client_of(sam)
    assert link(browser, came) is None
    assert okafors.ref not in read(browser.get(f"/sessions/{came.ref}/"))


def test_what_makes_no_sense_is_left_out(client_of, grace, okafors, chidi):
    page = f"/families/{okafors.ref}/contacts/new/?there=P-NOBODY.{chidi.ref}&at=soon&minutes=x"
    form = client_of(grace).get(page).context["form"]
    assert form["present"].value() == [chidi.ref]
    assert not Contact.objects.exists()
