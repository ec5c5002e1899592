"""Sessions are created, changed and cancelled by whoever manages them; the database says so too."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from leap.core.accounts.models import Membership
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.notifications.models import Notification
from sites.bookings import actions as booking_actions
from sites.inputs import SessionDetails
from sites.models import Attendance, Room, Session
from sites.sessions import actions
from sites.sessions.times import span

TO_COME = timezone.localdate() + timedelta(days=40)


@pytest.fixture
def miriam(make_user, stockwell):
    return make_user("Miriam Levy", stockwell, role=Membership.Role.MANAGER)


@pytest.fixture
def hall(larkhall):
    return Room.objects.create(site=larkhall, name="Hall")


@pytest.fixture
def page(larkhall):
    return f"/sites/{larkhall.code}/sessions/new/"


def typed(service, team, /, **fields):
    usual = {
        "service": service.code, "on": TO_COME.isoformat(), "starts": "10:00", "ends": "11:30",
        "capacity": "12", "team": team.code,
    }  # fmt: skip
    return usual | fields


def at(session):
    return timezone.localtime(session.starts_at).strftime("%H:%M")


def test_a_manager_creates_one(page, client_of, miriam, baby_massage, stockwell, hall):
    answer = client_of(miriam).post(page, typed(baby_massage, stockwell, room=hall.pk), follow=True)

    session = Session.objects.get()
    assert "Session created." in answer.text
    assert (session.room, session.capacity, session.team) == (hall, 12, stockwell)
    assert (at(session), session.ends_at - session.starts_at) == ("10:00", timedelta(minutes=90))
    assert Event.objects.get(kind="session.created").by_ref == str(miriam.ref)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ends": "09:00"}, "It ends before it begins"),
        ({"on": "2020-01-06"}, "That time is over"),
        ({"capacity": "0"}, "1"),
        ({"service": "nothing"}, "Choose the service."),
        ({"team": ""}, "Say which team of yours runs it."),
        ({"on": "31/02/2027"}, "There is a problem"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    page, client_of, miriam, baby_massage, stockwell, fields, words
):
    answer = client_of(miriam).post(page, typed(baby_massage, stockwell, **fields))
    assert "There is a problem" in answer.text
    assert words in answer.text
    assert 'value="11:30"' in answer.text or "ends" in fields
    assert not Session.objects.exists()


def test_a_room_is_never_given_twice(page, client_of, miriam, baby_massage, stockwell, hall):
    browser = client_of(miriam)
    browser.post(page, typed(baby_massage, stockwell, room=hall.pk))
    overlapping = typed(baby_massage, stockwell, room=hall.pk, starts="11:00", ends="12:00")
    answer = browser.post(page, overlapping)

    assert answer.status_code == 409
    assert "Hall is taken: PAIRS Together Time is there on" in answer.text
    browser.post(page, overlapping | {"starts": "11:30", "ends": "12:30"})  # as the other ends
    assert Session.objects.count() == 2


def test_it_is_for_managers_of_its_team_or_site_and_for_admins(
    larkhall, baby_massage, stockwell, midwives, make_user, make_team, grace, asha
):
    site_team = make_team("larkhall-centre", "early_years", agency="lambeth")
    larkhall.team = site_team
    larkhall.save()
    when = span(TO_COME, time(10), time(11))
    details = SessionDetails(baby_massage, when, 8, team=stockwell)
    manager = Membership.Role.MANAGER
    refused = [grace, make_user("Hana Sato", midwives, role=manager), make_user("Zoe", site_team)]
    for user in refused:
        with pytest.raises(NotAllowed):
            actions.create_session(site=larkhall, details=details, by=user)
    for user in (make_user("Pat Quirke", site_team, role=manager), asha):
        actions.create_session(site=larkhall, details=details, by=user)
    assert Session.objects.count() == 2


def test_the_page_and_its_buttons_are_for_them_alone(page, client_of, grace, miriam, larkhall):
    site = f"/sites/{larkhall.code}/"
    assert client_of(grace).get(page).status_code == 403
    assert "Create a session" not in client_of(grace).get(site).text
    assert "Create a session" in client_of(miriam).get(site).text


def test_the_database_refuses_it_as_well(reading_as, grace, session, larkhall, baby_massage):
    row = {"ref": "SN-STOLEN", "site": larkhall, "service": baby_massage, "capacity": 3}
    tries = [
        lambda: Session.objects.create(**row, during=session.during),
        lambda: Session.objects.filter(pk=session.pk).update(cancelled_at=timezone.now()),
        lambda: Session.objects.filter(pk=session.pk).update(capacity=100),
        lambda: Session.objects.filter(pk=session.pk).update(room=None, capacity=4),
        lambda: Session.objects.filter(pk=session.pk)._raw_delete("default"),
    ]
    reading_as(grace)
    for attempt in tries:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert Session.objects.filter(pk=session.pk).update(places_taken=1)  # everybody's to take


def test_a_new_time_is_told_to_whoever_booked(
    session, okafors, chidi, grace, miriam, client_of, baby_massage, stockwell
):
    booking_actions.book(session=session, family=okafors, people=[chidi], by=grace)
    page = f"/sessions/{session.ref}/change/"
    shown = client_of(miriam).get(page)
    assert "1 place in it is taken" in shown.text
    fields = typed(baby_massage, stockwell, as_shown=Session.objects.get().state)
    client_of(miriam).post(page, fields)

    assert at(Session.objects.get()) == "10:00"
    notice = Notification.objects.get(to=grace)
    assert "is now" in notice.said
    assert "PAIRS" not in notice.said
    assert Attendance.objects.get().status == "booked"


def test_fewer_places_than_are_taken_change_nothing(
    session, okafors, chidi, ada, grace, miriam, client_of, baby_massage, stockwell
):
    booking = booking_actions.book(session=session, family=okafors, people=[chidi, ada], by=grace)
    page = f"/sessions/{session.ref}/change/"
    answer = client_of(miriam).post(page, typed(baby_massage, stockwell, capacity="1"))

    assert answer.status_code == 409
    assert f"2 places are taken, 1 more than 1. Made last: {booking.ref}" in answer.text
    assert Session.objects.get().capacity == 5
    assert not Notification.objects.exists()


def test_what_somebody_else_changed_meanwhile_is_not_undone(
    session, miriam, client_of, baby_massage, stockwell
):
    page, before = f"/sessions/{session.ref}/change/", Session.objects.get().state
    Session.objects.update(capacity=7)
    answer = client_of(miriam).post(page, typed(baby_massage, stockwell, as_shown=before))

    assert answer.status_code == 409
    assert "Somebody else has changed this session" in answer.text
    assert Session.objects.get().capacity == 7


def test_a_cancelled_session_gives_every_place_back_and_says_so(
    session, okafors, chidi, ada, grace, miriam, client_of
):
    booking = booking_actions.book(session=session, family=okafors, people=[chidi, ada], by=grace)
    page = f"/sessions/{session.ref}/cancel/"
    assert "Say why" in client_of(miriam).post(page, {"why": ""}).text
    answer = client_of(miriam).post(page, {"why": "The boiler is broken"}, follow=True)

    assert "The boiler is broken" in answer.text
    session.refresh_from_db()
    booking.refresh_from_db()
    assert session.places_taken == 0
    assert session.cancelled_at
    assert booking.cancelled_at
    assert set(Attendance.objects.values_list("status", flat=True)) == {"cancelled"}
    assert "is cancelled" in Notification.objects.get(to=grace).said
    assert Event.objects.filter(kind="booking.cancelled", family_ref=okafors.ref).count() == 1
    assert client_of(miriam).post(page, {"why": "Again"}).status_code == 409


def test_it_is_changed_and_cancelled_by_its_managers_while_it_is_to_come(
    make_session, grace, miriam, client_of
):
    ahead, over = make_session(), make_session(hours=-30)
    for verb in ("change", "cancel"):
        assert client_of(grace).get(f"/sessions/{ahead.ref}/{verb}/").status_code == 403
        assert client_of(miriam).get(f"/sessions/{over.ref}/{verb}/").status_code == 409
    assert "Cancel the session" not in client_of(grace).get(f"/sessions/{ahead.ref}/").text


def test_when_the_clocks_change():
    with pytest.raises(ValidationError, match="the clocks go forward"):
        span(date(2027, 3, 28), time(1, 30), time(3))
    twice = span(date(2026, 10, 25), time(1, 30), time(3))
    assert twice.upper - twice.lower == timedelta(hours=2, minutes=30)


def test_of_two_at_once_one_gets_the_room(larkhall, hall, baby_massage, stockwell, miriam):
    """The rule asks first; between that and the write only the database can say."""
    details = SessionDetails(baby_massage, span(TO_COME, time(10), time(11)), 8, hall, stockwell)
    actions.create_session(site=larkhall, details=details, by=miriam)
    rival = Session(ref="SN-RIVAL", site=larkhall)
    with pytest.raises(Conflict, match="has just been taken"):
        actions._write(rival, details)


def test_one_to_which_somebody_came_is_not_cancelled(
    make_session, okafors, chidi, grace, miriam, client_of
):
    session = make_session(hours=0)
    booking_actions.book(session=session, family=okafors, people=[chidi], by=grace)
    Attendance.objects.update(status="attended")
    answer = client_of(miriam).post(f"/sessions/{session.ref}/cancel/", {"why": "Nobody came"})

    assert answer.status_code == 409
    session.refresh_from_db()
    assert (session.cancelled_at, session.places_taken) == (None, 1)


def test_whoever_booked_hears_of_it_while_they_see_the_family(
    session, okafors, chidi, grace, ruth, miriam, client_of
):
    booking = booking_actions.book(session=session, family=okafors, people=[chidi], by=grace)
    booking.made_by = ruth  # whose team does not work with the family any more
    booking.save()
    client_of(miriam).post(f"/sessions/{session.ref}/cancel/", {"why": "The boiler is broken"})

    told = set(Notification.objects.values_list("to", flat=True))
    assert grace.pk in told
    assert ruth.pk not in told


def test_nobody_gives_a_session_to_a_team_that_is_not_theirs(
    session, miriam, midwives, baby_massage
):
    when = span(TO_COME, time(10), time(11))
    details = SessionDetails(baby_massage, when, 8, team=midwives)
    with pytest.raises(NotAllowed):
        actions.change_session(session=session, details=details, by=miriam)
