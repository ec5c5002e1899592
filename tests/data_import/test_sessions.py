"""Sessions, their rooms and places, and the register of who came."""

import pytest

from sites.models import Attendance, Booking, Room, Session


@pytest.fixture
def session(family):
    """The family, and a session with two places."""
    family.add("sessions", capacity="2")
    return family


def test_a_session_comes_in_with_its_room(session, take_in):
    assert take_in(session).code == 0

    massage = Session.objects.get()
    assert (massage.room.name, massage.room.site.code) == ("Hall", "larkhall")
    assert massage.starts_at.isoformat() == "2016-05-03T09:00:00+00:00"
    assert (massage.capacity, massage.places_taken) == (2, 0)


def test_a_session_may_lie_ahead_and_have_no_room(files, take_in):
    files.add("sessions", room="", starts_at="2098-05-03T10:00", ends_at="2098-05-03T11:00")
    assert take_in(files).code == 0

    assert Session.objects.get().room is None


def test_a_room_is_not_taken_twice_in_one_file(session, take_in):
    session.add(
        "sessions", session_ref="S2", starts_at="2016-05-03T11:00", ends_at="2016-05-03T12:00"
    )
    session.add(
        "sessions", session_ref="S3", starts_at="2016-05-03T12:00", ends_at="2016-05-03T13:00"
    )
    session.add("sessions", session_ref="S4", room="Kitchen")
    run = take_in(session)

    assert run.problems == [
        "sessions.csv:3: room: Hall at larkhall is taken then by session S1, on line 2."
    ]
    assert set(Session.objects.values_list("source_ref", flat=True)) == {"S1", "S3", "S4"}


def test_a_room_is_not_taken_from_a_session_in_leap(session, take_in):
    take_in(session)
    session.add(
        "sessions", session_ref="S2", starts_at="2016-05-03T09:00", ends_at="2016-05-03T10:01"
    )
    run = take_in(session)

    assert run.problems == [
        "sessions.csv:3: room: Hall at larkhall is taken then by session S1 in LEAP."
    ]


def test_a_room_that_was_not_known_is_filled_in(files, take_in):
    files.add("sessions", room="")
    take_in(files)
    (files.path / "sessions.csv").unlink()
    files.add("sessions")
    assert take_in(files).code == 0

    assert Session.objects.get().room == Room.objects.get()


def test_a_family_has_one_booking_and_walking_in_takes_no_place(session, take_in):
    for person in ("P3", "P4"):
        session.person(person)
    session.add("attendance")
    session.add("attendance", person_ref="P2", status="did_not_attend")
    session.add("attendance", person_ref="P3", status="walked_in")
    session.add("attendance", person_ref="P4", status="cancelled")
    assert take_in(session).problems == []

    assert Session.objects.get().places_taken == 2
    booked = Booking.objects.get().attendances.values_list("person__source_ref", flat=True)
    assert sorted(booked) == ["P1", "P2", "P4"]
    assert Attendance.objects.get(person__source_ref="P3").booking is None


def test_a_booking_of_which_nobody_is_left_is_cancelled(session, take_in):
    session.add("attendance", status="cancelled")
    take_in(session)

    assert Booking.objects.get().cancelled_at
    assert Session.objects.get().places_taken == 0


def test_a_full_session_is_named(session, take_in):
    session.person("P3", "F2")
    session.add("families", family_ref="F2")
    for person in ("P1", "P2", "P3"):
        session.add("attendance", person_ref=person)
    run = take_in(session)

    assert run.problems == ["attendance.csv:4: session_ref: S1 has 2 places, and they are taken."]
    assert Session.objects.get().places_taken == 2


def test_places_given_before_count(session, take_in):
    session.add("attendance")
    session.add("attendance", person_ref="P2")
    take_in(session)
    session.person("P3", "F2")
    session.add("families", family_ref="F2")
    session.add("attendance", person_ref="P3")

    assert "S1 has 2 places, and they are taken." in take_in(session).output


def test_a_booking_becomes_what_came_of_it(session, take_in):
    session.add("attendance", status="booked")
    session.add("attendance", person_ref="P2", status="booked")
    take_in(session)
    booked = (session.path / "attendance.csv").read_text()
    (session.path / "attendance.csv").unlink()
    session.add("attendance", status="attended")
    session.add("attendance", person_ref="P2", status="cancelled")
    run = take_in(session)

    assert run.row("attendance.csv") == [2, 0, 2, 0, 0, 0]
    statuses = Attendance.objects.order_by("person_id").values_list("status", flat=True)
    assert list(statuses) == ["attended", "cancelled"]
    assert Session.objects.get().places_taken == 1
    session.text("attendance.csv", booked)  # the older file still says booked
    assert take_in(session).row("attendance.csv") == [2, 0, 0, 2, 0, 0]


def test_a_mark_that_contradicts_leap_is_refused(session, take_in):
    session.add("attendance", status="attended")
    take_in(session)
    (session.path / "attendance.csv").unlink()
    session.add("attendance", status="did_not_attend")

    assert "P1 is “attended” at S1 in LEAP and “did_not_attend” here" in take_in(session).output


def test_nobody_has_been_to_a_session_that_has_not_begun(family, take_in):
    family.add("sessions", starts_at="2098-05-03T10:00", ends_at="2098-05-03T11:00")
    family.add("attendance")

    assert "status: S1 has not begun, so nobody can be “attended” yet." in take_in(family).output


def test_the_register_of_a_refused_session_is_refused_by_name(family, take_in):
    family.add("sessions", capacity="many")
    family.add("attendance")

    assert (
        "attendance.csv:2: session_ref: “S1” is not a session that LEAP knows; sessions.csv:2 is "
        "refused."
    ) in take_in(family).problems
