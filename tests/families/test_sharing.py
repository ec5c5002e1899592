"""Decisions about sharing, and consent to services, which is something else."""

from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from families.access import involvement_actions, sharing_actions
from families.break_glass import actions as break_glass_actions
from families.models import Family, Person, ServiceConsent, SharingDecision
from leap.core.audit.models import Event
from leap.core.exceptions import NotAllowed
from sites.bookings.actions import book
from sites.models import Booking, Session
from tests.casework.reading import read, statements

DECIDED = {
    "decision": "not_shared",
    "what": "Ada's counselling",
    "with_whom": "The nursery",
    "basis": "public_task",
    "reason": "They do not need it to look after Chidi.",
    "told": "yes",
    "why_not_told": "",
}


@pytest.fixture
def ada(okafors):
    return Person.objects.get(given_name="Ada")


@pytest.fixture
def at_work(okafors, family_support, grace):
    """Family support works with the Okafors too."""
    involvement_actions.involve(
        family=okafors, team=family_support, reason="team_around_family", by=grace
    )


@pytest.fixture
def decide(client_of, okafors, grace, stockwell):
    def send(user=grace, team=stockwell, **typed):
        fields = DECIDED | {"team": team.code} | typed
        return client_of(user).post(f"/families/{okafors.ref}/sharing/decide/", fields)

    return send


@pytest.fixture
def says(client_of, okafors, ada, family_support):
    def send(user, answer="withdrawn", **typed):
        fields = {"person": ada.ref, "team": family_support.code, "answer": answer} | typed
        return client_of(user).post(f"/families/{okafors.ref}/consent/record/", fields)

    return send


def test_a_refusal_is_on_the_record_too(decide, okafors, grace, client_of):
    assert decide().status_code == 302
    words = read(client_of(grace).get(f"/families/{okafors.ref}/sharing/"))
    assert "Not shared" in words
    assert "They do not need it to look after Chidi." in words
    event = Event.objects.get(kind="sharing.decided")
    assert "counselling" not in str(event.details)


def test_why_the_family_does_not_know_has_to_be_said(decide):
    response = decide(told="no")
    assert "Say why the family does not know." in read(response)
    assert "counselling" in response.content.decode()
    assert not SharingDecision.objects.exists()


def test_sending_twice_decides_once(decide):
    key = "7f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c11"
    decide(submission=key)
    decide(submission=key)
    assert SharingDecision.objects.count() == 1


def test_a_decision_is_withdrawn_and_stays(decide, okafors, grace, client_of):
    decide(decision="shared")
    decision = SharingDecision.objects.get()
    page = f"/families/{okafors.ref}/sharing/{decision.ref}/withdraw/"
    assert client_of(grace).post(page, {"why": "He has left the nursery."}).status_code == 302

    words = read(client_of(grace).get(f"/families/{okafors.ref}/sharing/"))
    assert "Withdrawn" in words
    assert "He has left the nursery." in words
    assert "They do not need it" in words
    assert client_of(grace).post(page, {"why": "Again"}).status_code == 409


def test_who_does_not_work_with_the_family_finds_nothing(okafors, sam, client_of, decide):
    assert client_of(sam).get(f"/families/{okafors.ref}/sharing/").status_code == 404
    assert decide(user=sam).status_code == 404


def test_agreeing_changes_nothing_about_who_sees(says, at_work, sam, grace):
    says(sam, "given")
    says(sam, "declined")
    assert Family.objects.visible_to(sam).exists()
    assert ServiceConsent.objects.count() == 2


def test_withdrawing_closes_the_door_and_erases_nothing(
    says, at_work, okafors, sam, grace, client_of
):
    says(sam, "given")

    assert says(sam, "withdrawn", note="She wants to manage alone.").url == "/"

    assert not Family.objects.visible_to(sam).exists()
    words = read(client_of(grace).get(f"/families/{okafors.ref}/sharing/"))
    assert "She wants to manage alone." in words
    assert "Agreed" in words
    spells = read(client_of(grace).get(f"/families/{okafors.ref}/involvement/"))
    assert "Agreement to the service withdrawn" in spells


def test_the_lead_hands_over_first_and_nothing_typed_is_lost(says, stockwell, grace):
    response = says(grace, team=stockwell.code, note="Said on the telephone.")
    assert "Hand the family over first" in read(response)
    assert "Said on the telephone." in response.content.decode()
    assert not ServiceConsent.objects.exists()


def test_safeguarding_goes_on_by_a_decision_of_its_own(says, decide, at_work, sam, family_support):
    decide(user=sam, team=family_support, decision="shared", basis="safeguarding")
    decision = SharingDecision.objects.get()

    says(sam, goes_on=decision.ref)

    assert Family.objects.visible_to(sam).exists()
    assert ServiceConsent.objects.get().answer == "withdrawn"
    assert Event.objects.get(kind="consent.recorded").details["goes_on"] == decision.ref


def test_another_team_s_decision_does_not_keep_the_door_open(says, decide, at_work, okafors, sam):
    decide(decision="shared", basis="safeguarding")
    decision = SharingDecision.objects.get()

    response = says(sam, goes_on=decision.ref)

    assert "decision of its own" in read(response)
    assert not ServiceConsent.objects.exists()


def test_while_somebody_else_agrees_the_team_stays(says, at_work, okafors, sam):
    emeka = Person.objects.get(given_name="Emeka")
    says(sam, "given", person=emeka.ref)
    says(sam, "withdrawn")
    assert Family.objects.visible_to(sam).exists()

    says(sam, "withdrawn", person=emeka.ref)
    assert not Family.objects.visible_to(sam).exists()


def test_only_the_team_or_the_lead_can_close_a_door(
    says, at_work, okafors, ruth, midwives, grace, sam
):
    involvement_actions.involve(
        family=okafors, team=midwives, reason="team_around_family", by=grace
    )
    says(ruth)
    assert Family.objects.visible_to(sam).exists()
    says(grace)
    assert not Family.objects.visible_to(sam).exists()


def test_places_are_given_back_with_it(
    says, at_work, okafors, ada, sam, larkhall, baby_massage, client_of
):
    starts = timezone.now() + timedelta(days=3)
    session = Session.objects.create(
        ref="SN-22222222", site=larkhall, service=baby_massage, capacity=8,
        during=DateTimeTZRange(starts, starts + timedelta(hours=1)),
    )  # fmt: skip
    booking = book(session=session, family=okafors, people=[ada], by=sam)
    page = client_of(sam).get(f"/families/{okafors.ref}/consent/record/")
    assert "PAIRS Together Time" in read(page)

    says(sam, cancel=[booking.ref], service=baby_massage.code)

    assert Booking.objects.get().cancelled_at is not None
    assert not Family.objects.visible_to(sam).exists()


def test_an_emergency_is_no_reason_to_write(okafors, ruth, ada, stockwell):
    break_glass_actions.break_glass(
        family=okafors, reason="An ambulance asks for allergies.", by=ruth,
        review_by=timezone.localdate(),
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="to read it"):
        sharing_actions.record_consent(
            family=okafors, person=ada, team=stockwell, service=None, answer="given", by=ruth
        )


def test_the_page_costs_the_same_however_much_is_on_it(decide, says, okafors, grace, client_of):
    client = client_of(grace)
    page = f"/families/{okafors.ref}/sharing/"
    decide()
    says(grace, "given")
    client.get(page)
    before = statements(lambda: client.get(page))
    decide()
    says(grace, "declined")
    assert statements(lambda: client.get(page)) == before
