"""What was ticked and typed about a session, and refused, is there when it is opened again."""

from uuid import uuid4

import pytest

from leap.core.outbox.models import Draft
from sites.models import Attendance, Booking

PLACES = "Step-free, and a Yoruba interpreter"


def key():
    return {"submission": str(uuid4())}


def test_a_booking_for_which_no_place_is_left(
    make_session, okafors, chidi, ada, grace, client_of, ibrahims
):
    page = f"/sessions/{make_session(capacity=1).ref}/book/?family="
    typed = {"people": [chidi.ref, ada.ref], "access_needs": PLACES, **key()}
    browser = client_of(grace)
    assert browser.post(page + okafors.ref, typed).status_code == 409

    again = browser.get(page + okafors.ref)
    assert PLACES in again.text
    assert again.context["form"]["people"].value() == [chidi.ref, ada.ref]
    assert page + okafors.ref in browser.get("/").text
    assert not Booking.objects.exists()

    browser.post(page + okafors.ref, {**typed, "people": [chidi.ref]})
    assert Booking.objects.get().access_needs == PLACES
    assert not Draft.objects.exists()


def test_it_is_not_there_for_another_family(make_session, okafors, chidi, ada, grace, client_of):
    page = f"/sessions/{make_session(capacity=1).ref}/book/"
    client_of(grace).post(
        f"{page}?family={okafors.ref}", {"people": [chidi.ref, ada.ref], "access_needs": PLACES}
    )
    assert PLACES not in client_of(grace).get(page).text
    assert Draft.objects.get().form.endswith(okafors.ref)


@pytest.fixture
def closed(make_session, chidi):
    session = make_session(hours=-24 * 9)
    Attendance.objects.create(session=session, person=chidi, status="booked")
    return session


def test_a_walk_in_after_the_register_has_closed(closed, okafors, ada, miriam, client_of):
    page = f"/sessions/{closed.ref}/walk-in/?family={okafors.ref}"
    browser = client_of(miriam)
    browser.post(page, {"people": [ada.ref], **key()})

    assert browser.get(page).context["form"]["people"].value() == [ada.ref]
    assert Attendance.objects.count() == 1


def test_a_register(closed, chidi, miriam, client_of):
    page = f"/sessions/{closed.ref}/register/"
    browser = client_of(miriam)
    browser.post(page, {chidi.ref: "yes", **key()})

    again = browser.get(f"{page}?why=on_paper")
    assert again.context["form"][chidi.ref].value() == "yes"
    assert Attendance.objects.get().status == "booked"


def test_who_runs_it(session, asha, client_of):
    page = f"/sessions/{session.ref}/staff/"
    browser = client_of(asha)
    browser.post(page, {"team": "nobody", "all_at_site": "on", **key()})

    again = browser.get(page).context["form"]
    assert (again["team"].value(), again["all_at_site"].value()) == ("nobody", True)
