import threading

import pytest
from django.db import connection

from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from sites.bookings import actions as booking_actions
from sites.models import Attendance, Booking, Session


@pytest.fixture
def booking(session, okafors, chidi, ada, grace):
    return booking_actions.book(session=session, family=okafors, people=[chidi, ada], by=grace)


def test_the_places_are_free_again(booking, session, grace, client_of):
    page = f"/sessions/{session.ref}/bookings/{booking.ref}/cancel/"
    assert "Chidi Okafor" in client_of(grace).get(page).content.decode()

    client_of(grace).post(page)

    session.refresh_from_db()
    assert session.places_taken == 0
    assert Event.objects.filter(kind="booking.cancelled").count() == 1


def test_who_cancelled_can_be_booked_again(booking, session, okafors, chidi, grace):
    booking_actions.cancel(booking=booking, by=grace)

    again = booking_actions.book(session=session, family=okafors, people=[chidi], by=grace)

    assert Attendance.objects.get(session=session, person=chidi).booking == again
    assert Attendance.objects.holding_a_place().count() == 1
    assert Session.objects.get(pk=session.pk).places_taken == 1


def test_twice_is_told(booking, grace):
    stale = Booking.objects.get(pk=booking.pk)
    booking_actions.cancel(booking=booking, by=grace)
    with pytest.raises(Conflict, match="just cancelled"):
        booking_actions.cancel(booking=stale, by=grace)


def test_somebody_elses_booking_does_not_exist(booking, session, sam, client_of):
    page = f"/sessions/{session.ref}/bookings/{booking.ref}/cancel/"
    assert client_of(sam).post(page).status_code == 404
    with pytest.raises(NotAllowed):
        booking_actions.cancel(booking=booking, by=sam)


def test_when_it_is_over_the_register_tells(over, okafors, chidi, grace):
    booking = Booking.objects.create(ref="BK-22222222", session=over, family=okafors)
    Attendance.objects.create(session=over, person=chidi, booking=booking)
    with pytest.raises(Conflict, match="The register says who came"):
        booking_actions.cancel(booking=booking, by=grace)


@pytest.mark.django_db(transaction=True)
def test_cancelling_from_many_windows_frees_each_place_once(booking, session, grace):
    copies = [Booking.objects.select_related("session", "family").get() for _ in range(8)]
    start, outcomes = threading.Barrier(8), []

    def press(copy):
        try:
            start.wait()
            booking_actions.cancel(booking=copy, by=grace)
            outcomes.append("cancelled")
        except Conflict:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(copy,)) for copy in copies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["cancelled"] + ["late"] * 7
    assert Session.objects.get(pk=session.pk).places_taken == 0
