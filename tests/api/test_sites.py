import pytest

from sites.models import Session


@pytest.fixture
def booking(massage, okafors, chidi):
    """A place for Chidi, as a system would ask for it."""
    return {"session": massage.ref, "family": okafors.ref, "people": [chidi.ref]}


def test_everyone_who_signs_in_sees_what_is_on(system_of, dele, massage):
    session = system_of(dele).read(f"sessions/{massage.ref}/").json()
    assert (session["site"], session["places_left"]) == ("larkhall", 2)
    assert system_of(dele).read("sites/larkhall/").json()["ward_2011"] == "E05000429"


def test_sessions_are_found_by_place_and_time(system_of, dele, massage):
    rows = system_of(dele).rows
    assert len(rows("sessions/?site=larkhall&status=coming")) == 1
    assert rows("sessions/?status=past") == rows("sessions/?until=2020-01-01T00:00:00Z") == []


def test_a_place_is_booked_once_under_one_key(system_of, grace, massage, booking, chidi):
    system = system_of(grace)
    first, second = (system.send("bookings/", booking, key="book-for-chidi") for _ in range(2))
    assert first.status_code == 201
    assert first.content == second.content
    assert first.json()["places"] == [{"person": chidi.ref, "status": "booked"}]
    massage.refresh_from_db()
    assert massage.places_taken == 1


def test_a_full_session_is_a_conflict(system_of, grace, massage, booking):
    Session.objects.update(places_taken=2)
    answer = system_of(grace).send("bookings/", booking)
    assert answer.status_code == 409
    assert answer.json()["detail"] == "This session is full."


def test_sam_cannot_book_for_a_family_he_cannot_see(system_of, sam, booking):
    answer = system_of(sam).send("bookings/", booking)
    assert {error["field"] for error in answer.json()["errors"]} == {"family", "people"}


def test_a_cancelled_booking_gives_its_place_back(system_of, grace, massage, booking):
    system = system_of(grace)
    address = system.send("bookings/", booking)["Location"]
    answer = system.send(f"{address.removeprefix('/api/v1/')}cancel/", {})
    assert (answer.status_code, answer.json()["places"][0]["status"]) == (200, "cancelled")
    massage.refresh_from_db()
    assert massage.places_taken == 0


def test_a_booking_is_seen_by_those_who_see_its_family(system_of, grace, sam, booking):
    address = system_of(grace).send("bookings/", booking)["Location"]
    assert system_of(sam).get(address).status_code == 404
    assert system_of(sam).rows("bookings/") == []
