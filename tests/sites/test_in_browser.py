"""Sites, sessions and registers as somebody meets them, at a desk and on a phone."""

import pytest

from sites.bookings import actions as booking_actions
from sites.models import Attendance

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_grace_books_two_places(session, okafors, grace, page, sign_in_as, axe):
    sign_in_as(grace, page).goto("/sites/")
    assert axe(page) == []
    page.get_by_role("link", name="Larkhall").click()
    page.get_by_role("heading", name="What is on").wait_for()
    assert axe(page) == []
    page.get_by_role("link", name="PAIRS Together Time").click()
    page.get_by_role("button", name="Book places").click()
    page.get_by_role("heading", name="For which family?").wait_for()
    assert axe(page) == []
    page.get_by_role("link", name="Okafor").click()
    page.get_by_label("Chidi Okafor").check()
    page.get_by_label("Ada Okafor").check()
    page.get_by_label("Anything they need?").fill("An interpreter for Ada")
    assert axe(page) == []

    page.get_by_role("button", name="Book").click()

    page.get_by_text("2 places booked.").wait_for()
    page.get_by_text("3 places left").wait_for()
    assert axe(page) == []


def test_tariq_marks_the_register_on_a_phone(
    make_session, okafors, chidi, grace, tariq, phone, sign_in_as, axe
):
    session = make_session(hours=0)
    session.staff.create(practitioner=tariq)
    people = [member.person for member in okafors.members.all()]
    booking_actions.book(session=session, family=okafors, people=people, by=grace)
    sign_in_as(tariq, phone).goto(f"/sessions/{session.ref}/register/")
    assert axe(phone) == []

    phone.get_by_role("group", name="Chidi Okafor").get_by_label("Attended", exact=True).check()
    phone.get_by_role("group", name="Ada Okafor").get_by_label("Did not attend").check()
    phone.get_by_role("button", name="Save the register").click()

    phone.get_by_text("Register saved: 1 came, 1 did not.").wait_for()
    assert Attendance.objects.get(person=chidi).status == "attended"


def test_grace_adds_who_walked_in(make_session, okafors, chidi, grace, phone, sign_in_as, axe):
    session = make_session(hours=0)
    booking_actions.book(session=session, family=okafors, people=[chidi], by=grace)
    sign_in_as(grace, phone).goto(f"/sessions/{session.ref}/register/")
    phone.get_by_role("button", name="Save and add a walk-in").click()
    phone.get_by_role("link", name="Okafor").click()
    phone.get_by_label("Emeka Okafor").check()
    assert axe(phone) == []
    phone.get_by_role("button", name="Add to the register").click()
    phone.get_by_text("1 added to the register.").wait_for()
    assert axe(phone) == []


def test_grace_gives_places_back(session, okafors, chidi, grace, page, sign_in_as, axe):
    booking_actions.book(session=session, family=okafors, people=[chidi], by=grace)
    sign_in_as(grace, page).goto(f"/sessions/{session.ref}/")
    page.get_by_role("link", name="Cancel booking").click()
    assert axe(page) == []
    page.get_by_role("button", name="Cancel the booking").click()
    page.get_by_text("The places are free again.").wait_for()


def test_miriam_corrects_a_register_on_a_phone_and_says_who_runs_it(
    make_session, chidi, miriam, tariq, phone, sign_in_as, axe
):
    session = make_session(hours=-24 * 30)
    Attendance.objects.create(session=session, person=chidi)
    sign_in_as(miriam, phone).goto(f"/sessions/{session.ref}/register/")
    assert axe(phone) == []
    phone.get_by_label("The register was taken on paper").check()
    phone.get_by_role("button", name="Open the register").click()
    phone.get_by_label("Attended").check()
    assert axe(phone) == []
    phone.get_by_role("button", name="Save the register").click()
    phone.get_by_text("Register saved: 1 came, 0 did not.").wait_for()

    phone.get_by_role("link", name="Change who runs it").click()
    phone.get_by_label("Tariq Aziz").check()
    assert axe(phone) == []
    phone.get_by_role("button", name="Save").click()
    phone.get_by_text("Saved who runs this session.").wait_for()
    assert session.staff.get().practitioner == tariq
