"""Today's visits on a telephone: what cannot be sent as it stands is shown, and never lost."""

import pytest
from django.utils import timezone

from families.access import involvement_actions
from families.contacts import actions as contact_actions
from families.inputs import NewContact
from families.models import Contact, Involvement
from tests import app_processes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHRASE = "seven green bottles"


@pytest.fixture
def support(okafors, family_support, grace):
    reason = Involvement.Reason.TEAM_AROUND_FAMILY
    involvement_actions.involve(family=okafors, team=family_support, reason=reason, by=grace)
    return family_support


@pytest.fixture
def taken(phone, sign_in_as, grace, okafors, axe):
    sign_in_as(grace, phone).goto(f"/families/{okafors.ref}/before/")
    phone.get_by_role("link", name="Take this visit with you").click()
    assert axe(phone) == []
    take(phone)
    return phone


def take(phone):
    if "/take/" not in phone.url:
        phone.goto("/offline/take/")
    phone.get_by_label("Okafor").check()
    phone.get_by_label("Passphrase for today").fill(PHRASE)
    phone.get_by_role("button", name="Take them with me").click()
    phone.get_by_role("button", name="Open").wait_for()


def unlock(phone):
    phone.get_by_label("Passphrase", exact=True).fill(PHRASE)
    phone.get_by_role("button", name="Open").click()
    phone.get_by_role("button", name="Okafor").wait_for()


def write(phone, note, *, kind="Home visit", on=None):
    phone.get_by_role("button", name="Okafor").click()
    phone.get_by_role("button", name="Log this visit").click()
    phone.get_by_label("What happened?").fill(note)
    phone.get_by_role("group", name="What kind of contact?").get_by_label(kind).check()
    if on:
        phone.get_by_label("Date", exact=True).fill(on)
    phone.get_by_role("button", name="Save contact").click()
    phone.get_by_role("button", name="Okafor").wait_for()


def test_what_cannot_be_sent_as_it_stands_is_shown_and_put_right(
    taken, okafors, chidi, support, sam, axe
):
    unlock(taken)
    assert axe(taken) == []
    assert taken.get_by_role("button", name="Send now").count() == 0  # there is nothing to send
    write(taken, "In another century", kind="Phone", on="2999-01-01")
    taken.get_by_role("button", name="Needs you").click()
    assert "future" in taken.get_by_role("alert").inner_text()
    assert taken.get_by_label("What happened?").input_value() == "In another century"
    assert axe(taken) == []
    taken.get_by_label("Date", exact=True).fill(timezone.localdate().isoformat())
    taken.get_by_role("button", name="Save contact").click()
    taken.get_by_text("Sent", exact=True).wait_for()

    taken.context.set_offline(True)
    write(taken, "Hers, from the stairs")
    taken.get_by_text("No signal. 1 contact waiting to be sent. Kept until").wait_for()
    his = NewContact("home_visit", timezone.now(), "attended", [chidi], note="His, before hers")
    contact_actions.log_contact(family=okafors, new=his, team=support, by=sam)
    taken.context.set_offline(False)
    taken.get_by_role("button", name="Needs you").click()
    taken.get_by_role("heading", name="Meanwhile in LEAP").wait_for()
    taken.get_by_text("His, before hers").wait_for()
    taken.get_by_text("Hers, from the stairs").wait_for()
    assert axe(taken) == []
    taken.get_by_role("button", name="Send mine as well").click()
    taken.get_by_text("Sent", exact=True).nth(1).wait_for()

    assert Contact.objects.count() == 3


def test_what_is_written_outlives_the_visits_sealed_and_the_day_ends_them(taken):
    unlock(taken)
    taken.context.set_offline(True)
    write(taken, "Before the telephone was lost")
    taken.get_by_role("button", name="Lock").click()
    for left in ("4 tries", "3 tries", "2 tries", "1 try"):
        guess(taken)
        taken.get_by_text(f"{left} left").wait_for()
    guess(taken)
    taken.get_by_text("No visits are on this device.").wait_for()

    taken.context.set_offline(False)
    taken.clock.install()
    take(taken)  # again: and what was sealed goes first
    app_processes.wait_until(Contact.objects.exists)
    assert Contact.objects.get().note == "Before the telephone was lost"
    unlock(taken)
    taken.clock.fast_forward("23:59:00")
    taken.get_by_text("No visits are on this device.").wait_for()
    assert taken.evaluate(HOW_MANY) == [0, 0]


def guess(phone):
    phone.get_by_label("Passphrase", exact=True).fill("a wrong one")
    phone.get_by_role("button", name="Open").click()


HOW_MANY = """() => new Promise((done) => {
  indexedDB.open("leap-offline").onsuccess = async ({ target: { result } }) => {
    const stores = result.transaction(["visits", "written"]);
    const count = (name) => new Promise((said) => {
      stores.objectStore(name).count().onsuccess = (event) => said(event.target.result);
    });
    done(await Promise.all([count("visits"), count("written")]));
  };
})"""
