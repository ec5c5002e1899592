"""Where a contact did not happen nobody was there, nobody was seen alone, nothing was measured."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from families.contacts import actions as contact_actions
from families.contacts import correction_actions
from families.inputs import NewContact, ObservationInput
from families.models import Contact, Observation, Person
from families.observations.actions import record_observation
from tests.casework.reading import read
from tests.offline.conftest import Device

NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/London"))
MISSED = [outcome for outcome in Contact.Outcome.values if outcome != "attended"]


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def parents(okafors):
    return {p.given_name: p for p in Person.objects.filter(members__family=okafors)}


@pytest.fixture
def typed(chidi, stockwell):
    return {
        "submission": "7f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c13", "concerned": [chidi.ref],
        "kind": "home_visit", "on": "2026-03-10", "at": "10:30", "team": stockwell.code,
        "note": "No answer.",
    }  # fmt: skip


@pytest.fixture
def send(client_of, grace, okafors, typed):
    browser = client_of(grace)
    return lambda **more: browser.post(f"/families/{okafors.ref}/contacts/new/", typed | more)


def saved():
    contact = Contact.objects.get()
    return [row.person.given_name for row in contact.people.all() if row.present or row.alone]


@pytest.mark.parametrize("outcome", MISSED)
def test_who_stood_ticked_before_anybody_ticked_was_not_there(
    client_of, grace, okafors, send, parents, outcome
):
    form = client_of(grace).get(f"/families/{okafors.ref}/contacts/new/").context["form"]
    ticked = form["present"].value()
    assert ticked == [parents["Ada"].ref]

    send(outcome=outcome, present=ticked, presumed=form["presumed"].value(), tried="Left a card")

    assert saved() == []
    assert Contact.objects.get().tried == "Left a card"
    page = read(client_of(grace).get(f"/families/{okafors.ref}/"))
    assert "Tried instead: Left a card" in page


@pytest.mark.parametrize("outcome", MISSED)
@pytest.mark.parametrize("case", ["present", "father", "alone", "measured"])
def test_a_contradiction_is_said_beside_what_contradicts(send, parents, chidi, outcome, case):
    ada, emeka = parents["Ada"].ref, parents["Emeka"].ref
    typed, field = {
        "present": ({"present": [ada]}, "present"),
        "father": ({f"there-{emeka}": "yes"}, f"there-{emeka}"),
        "alone": ({"alone": [ada]}, "alone"),
        "measured": ({f"{chidi.ref}-weight_kg": "4.9"}, f"{chidi.ref}-weight_kg"),
    }[case]
    response = send(outcome=outcome, **typed)

    assert list(response.context["form"].errors) == [field]
    assert "correct the outcome." in read(response)
    assert "No answer." in read(response)
    assert not Contact.objects.exists()


def test_that_the_father_was_not_there_is_no_contradiction(send, parents):
    send(outcome="no_access", **{f"there-{parents['Emeka'].ref}": "no"})

    assert saved() == []


@pytest.mark.parametrize("outcome", MISSED)
@pytest.mark.parametrize("field", ["present", "alone", "findings"])
def test_the_action_refuses_it(okafors, stockwell, grace, chidi, parents, outcome, field):
    values = (
        [ObservationInput(chidi, "weight_kg", "4.9")] if field == "findings" else [parents["Ada"]]
    )
    new = NewContact("clinic", NOON - timedelta(hours=1), outcome, [chidi], **{field: values})

    with pytest.raises(ValidationError) as refused:
        contact_actions.log_contact(family=okafors, new=new, team=stockwell, by=grace)

    assert list(refused.value.message_dict) == [field]


def test_a_correction_to_missed_takes_out_what_was_found(okafors, stockwell, grace, chidi, parents):
    findings = [ObservationInput(chidi, "weight_kg", "4.9")]
    at = NOON - timedelta(hours=1)
    new = NewContact("clinic", at, "attended", [chidi], [parents["Ada"]], findings=findings)
    contact = contact_actions.log_contact(family=okafors, new=new, team=stockwell, by=grace)
    to = {"contact": contact, "members": list(parents.values()), "seen": 0, "why": "x", "by": grace}

    still = NewContact("clinic", at, "was_not_brought", [chidi], findings=findings)
    with pytest.raises(ValidationError):
        correction_actions.correct_contact(new=still, **to)
    correction_actions.correct_contact(
        new=NewContact("clinic", at, "was_not_brought", [chidi]), **to
    )

    assert saved() == []
    assert not Observation.objects.exists()


def test_nothing_is_added_to_it_later(okafors, stockwell, grace, chidi):
    new = NewContact("clinic", NOON - timedelta(hours=1), "cancelled_by_service", [chidi])
    contact = contact_actions.log_contact(family=okafors, new=new, team=stockwell, by=grace)

    with pytest.raises(ValidationError, match="Nothing was measured"):
        record_observation(
            family=okafors,
            finding=ObservationInput(chidi, "weight_kg", "4.9"),
            by=grace,
            contact=contact,
        )


@pytest.mark.parametrize("outcome", MISSED)
@pytest.mark.parametrize("field", ["present", "findings"])
def test_the_api_refuses_it(client_of, grace, okafors, chidi, parents, outcome, field):
    findings = [{"person": chidi.ref, "code": "weight_kg", "value": "4.9"}]
    body = {
        "family": okafors.ref, "team": grace.teams[0].code, "kind": "clinic", "outcome": outcome,
        "occurred_at": "2026-03-10T10:00:00+00:00", "concerned": [chidi.ref],
        field: findings if field == "findings" else [parents["Ada"].ref],
    }  # fmt: skip
    answer = client_of(grace).post(
        "/api/v1/contacts/", body, content_type="application/json",
        headers={"idempotency-key": "7f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c14"},
    )  # fmt: skip

    assert answer.status_code == 400
    assert "correct the outcome." in answer.content.decode()
    assert not Contact.objects.exists()


def test_a_device_hears_of_it(client_of, grace, okafors, typed, parents):
    browser = client_of(grace)
    device = Device(browser, browser.post("/offline/take/").json())

    answer = device.send(okafors, typed | {"outcome": "no_access", "alone": [parents["Ada"].ref]})

    assert answer.json()["state"] == "refused"
    assert "Nobody was seen alone" in answer.json()["html"]


def test_the_family_page_of_a_missed_contact_names_nobody_as_there(client_of, grace, okafors, send):
    send(outcome="was_not_brought")

    assert "There:" not in read(client_of(grace).get(f"/families/{okafors.ref}/"))
    assert timezone.localdate(Contact.objects.get().occurred_at) == NOON.date()
