from datetime import timedelta

import pytest
from django.utils import timezone

from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from sites.bookings import actions as booking_actions
from sites.models import Attendance, Session
from sites.registers import actions as register_actions


@pytest.fixture
def today(make_session, okafors, chidi, ada, grace, monkeypatch):
    """Chidi and Ada are booked in a session that began a while ago today, and is on."""
    session = make_session(hours=0)
    booking_actions.book(session=session, family=okafors, people=[chidi, ada], by=grace)
    return session


def statuses(session):
    rows = Attendance.objects.filter(session=session).select_related("person")
    return {row.person.given_name: row.status for row in rows}


def test_one_tap_a_person(today, chidi, ada, grace, client_of):
    page = f"/sessions/{today.ref}/register/"
    assert "Chidi Okafor" in client_of(grace).get(page).content.decode()

    client_of(grace).post(page, {chidi.ref: "yes", ada.ref: "no"})

    assert statuses(today) == {"Chidi": "attended", "Ada": "did_not_attend"}


def test_who_is_not_marked_stays_unmarked(today, chidi, grace, client_of):
    client_of(grace).post(f"/sessions/{today.ref}/register/", {chidi.ref: "yes"})
    assert statuses(today) == {"Chidi": "attended", "Ada": "booked"}


def test_a_wrong_mark_is_put_right(today, chidi, grace):
    register_actions.mark(session=today, came={chidi.ref: False}, by=grace)
    register_actions.mark(session=today, came={chidi.ref: True}, by=grace)
    assert statuses(today)["Chidi"] == "attended"


def test_the_same_again_changes_nothing(today, chidi, grace):
    assert register_actions.mark(session=today, came={chidi.ref: True}, by=grace) == 1
    assert register_actions.mark(session=today, came={chidi.ref: True}, by=grace) == 0
    assert Event.objects.filter(kind="register.marked").count() == 1


def test_did_not_attend_keeps_its_place_and_a_walk_in_takes_none(
    today, chidi, okafors, grace, client_of
):
    emeka = okafors.members.get(role="father").person
    register_actions.mark(session=today, came={chidi.ref: False}, by=grace)
    client_of(grace).post(
        f"/sessions/{today.ref}/walk-in/?family={okafors.ref}", {"people": [emeka.ref]}
    )

    assert statuses(today)["Emeka"] == "walked_in"
    assert Session.objects.get(pk=today.pk).places_taken == 2


def test_a_walk_in_put_down_by_mistake_is_taken_off_and_comes_back(today, okafors, grace):
    emeka = okafors.members.get(role="father").person
    register_actions.walk_in(session=today, family=okafors, people=[emeka], by=grace)
    register_actions.mark(session=today, came={emeka.ref: False}, by=grace)
    assert statuses(today)["Emeka"] == "cancelled"

    register_actions.walk_in(session=today, family=okafors, people=[emeka], by=grace)
    assert statuses(today)["Emeka"] == "walked_in"


def test_who_cancelled_and_came_all_the_same_walked_in(today, chidi, okafors, grace, client_of):
    booking_actions.cancel(booking=okafors.bookings.get(), by=grace)

    # The page was opened before the cancellation.
    client_of(grace).post(f"/sessions/{today.ref}/register/", {chidi.ref: "yes"})

    assert statuses(today)["Chidi"] == "walked_in"
    assert Session.objects.get(pk=today.pk).places_taken == 0


def test_not_before_the_day(make_session, grace, client_of):
    later = make_session(hours=72)
    answer = client_of(grace).get(f"/sessions/{later.ref}/register/")
    assert answer.status_code == 409
    assert b"opens on the day before the session" in answer.content


def test_a_champion_on_the_staff_marks_and_sees_names_alone(
    today, chidi, okafors, tariq, client_of
):
    today.staff.create(practitioner=tariq)
    page = client_of(tariq).get(f"/sessions/{today.ref}/register/").content.decode()
    assert "Chidi Okafor" in page
    for hidden in (okafors.ref, "SW9 9TX", "walk-in"):
        assert hidden not in page

    client_of(tariq).post(f"/sessions/{today.ref}/register/", {chidi.ref: "yes"})
    assert statuses(today)["Chidi"] == "attended"


def test_opening_names_is_logged_once_for_each_sign_in(today, tariq, client_of):
    today.staff.create(practitioner=tariq)
    client = client_of(tariq)
    for _ in range(2):
        client.get(f"/sessions/{today.ref}/register/")
    assert Event.objects.get(kind="register.opened").by_ref == str(tariq.ref)


def test_nobody_without_a_team_reads_names(today, asha, client_of):
    assert client_of(asha).get(f"/sessions/{today.ref}/register/").status_code == 403
    with pytest.raises(NotAllowed):
        register_actions.mark(session=today, came={}, by=asha)


def test_a_cancelled_session_has_no_register(make_session, grace):
    off = make_session(hours=0, cancelled_at=timezone.now())
    with pytest.raises(Conflict, match="no register"):
        register_actions.mark(session=off, came={}, by=grace)


def test_a_past_session_that_nobody_marked_is_a_task(today, chidi, ada, grace, larkhall, client_of):
    assert not Session.objects.unmarked().exists()
    began = timezone.now() - timedelta(days=2)
    Session.objects.filter(pk=today.pk).update(during=(began, began + timedelta(hours=1)))

    assert Session.objects.unmarked().get() == today
    assert "Not marked" in client_of(grace).get(f"/sites/{larkhall.code}/").content.decode()

    register_actions.mark(
        session=Session.objects.get(), came={chidi.ref: True, ada.ref: True}, by=grace
    )
    assert not Session.objects.unmarked().exists()
