import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from families.inputs import NewPerson
from families.models import Member
from families.people.actions import register_family
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from sites.bookings import actions as booking_actions
from sites.models import Attendance, Booking, Session


def test_a_mother_and_her_son_are_booked_at_once(session, okafors, chidi, ada, grace):
    booking = booking_actions.book(
        session=session, family=okafors, people=[ada, chidi], by=grace, access_needs="Step-free"
    )

    session.refresh_from_db()
    assert session.places_taken == 2
    assert set(booking.attendances.values_list("person", flat=True)) == {ada.pk, chidi.pk}
    assert Event.objects.get(kind="booking.made").family_ref == okafors.ref


def test_all_of_them_or_none(make_session, okafors, chidi, ada, grace):
    small = make_session(capacity=1)

    with pytest.raises(Conflict, match="Only 1 place is left in this session, and you asked for 2"):
        booking_actions.book(session=small, family=okafors, people=[ada, chidi], by=grace)

    assert not Attendance.objects.exists()
    assert Session.objects.get(pk=small.pk).places_taken == 0


def test_full_says_full(make_session, okafors, chidi, ada, grace):
    small = make_session(capacity=1)
    booking_actions.book(session=small, family=okafors, people=[ada], by=grace)

    with pytest.raises(Conflict, match="This session is full"):
        booking_actions.book(session=small, family=okafors, people=[chidi], by=grace)


def test_nobody_is_booked_twice_and_no_place_is_lost(session, okafors, chidi, grace):
    booking_actions.book(session=session, family=okafors, people=[chidi], by=grace)

    with pytest.raises(Conflict, match="Chidi Okafor is already in this session"):
        booking_actions.book(session=session, family=okafors, people=[chidi], by=grace)

    session.refresh_from_db()
    assert session.places_taken == 1


def test_not_when_it_was_cancelled(make_session, okafors, chidi, grace):
    off = make_session(cancelled_at=timezone.now())
    with pytest.raises(Conflict, match="has been cancelled"):
        booking_actions.book(session=off, family=okafors, people=[chidi], by=grace)


def test_nor_when_it_is_over(over, okafors, chidi, grace):
    with pytest.raises(Conflict, match="ended on"):
        booking_actions.book(session=over, family=okafors, people=[chidi], by=grace)


def test_nor_when_it_was_cancelled_while_the_page_was_open(session, okafors, chidi, grace):
    Session.objects.filter(pk=session.pk).update(cancelled_at=timezone.now())
    with pytest.raises(Conflict, match="has been cancelled"):
        booking_actions.book(session=session, family=okafors, people=[chidi], by=grace)


def test_only_members_of_the_family_and_only_living_ones(session, okafors, chidi, yusuf, grace):
    with pytest.raises(NotAllowed, match="belong to this family"):
        booking_actions.book(session=session, family=okafors, people=[yusuf], by=grace)

    chidi.died_on = timezone.localdate() - timedelta(days=1)
    chidi.save()
    with pytest.raises(NotAllowed, match="belong to this family"):
        booking_actions.book(session=session, family=okafors, people=[chidi], by=grace)


def test_not_for_a_family_one_does_not_work_with(session, okafors, chidi, sam):
    with pytest.raises(NotAllowed, match="working with"):
        booking_actions.book(session=session, family=okafors, people=[chidi], by=sam)


def test_grace_books_in_the_browser(session, okafors, chidi, ada, grace, client_of):
    client, page = client_of(grace), f"/sessions/{session.ref}/book/"
    assert "Okafor" in client.get(page).content.decode()
    assert "Okafor" in client.get(page, {"q": "okafor"}).content.decode()

    form = {"people": [ada.ref, chidi.ref], "access_needs": "An interpreter"}
    answer = client.post(f"{page}?family={okafors.ref}", form)

    assert answer.url == f"/sessions/{session.ref}/"
    assert Booking.objects.get().access_needs == "An interpreter"
    assert "An interpreter" in client.get(answer.url).content.decode()


def test_a_double_click_books_once(session, okafors, chidi, grace, client_of):
    page = f"/sessions/{session.ref}/book/?family={okafors.ref}"
    form = {"people": [chidi.ref], "submission": "2d0f6b36-8a6c-4d9f-b0a5-43c1f53c2d55"}

    for _ in range(2):
        assert client_of(grace).post(page, form).status_code == 302

    assert Booking.objects.count() == 1


def test_nobody_ticked_is_asked_again_with_what_was_typed(session, okafors, grace, client_of):
    page = f"/sessions/{session.ref}/book/?family={okafors.ref}"
    answer = client_of(grace).post(page, {"access_needs": "Nut allergy"}).content.decode()

    assert "Tick everyone who is coming." in answer
    assert "Nut allergy" in answer


def test_too_late_is_said_with_what_was_typed(make_session, okafors, chidi, ada, grace, client_of):
    small = make_session(capacity=1)
    booking_actions.book(session=small, family=okafors, people=[ada], by=grace)
    page = f"/sessions/{small.ref}/book/?family={okafors.ref}"

    answer = client_of(grace).post(page, {"people": [chidi.ref], "access_needs": "Nut allergy"})

    assert answer.status_code == 409
    assert "This session is full." in answer.content.decode()
    assert "Nut allergy" in answer.content.decode()


def test_a_family_one_cannot_see_does_not_exist(session, ibrahims, grace, client_of):
    page = f"/sessions/{session.ref}/book/?family="
    assert client_of(grace).get(page + ibrahims.ref).status_code == 404
    assert client_of(grace).get(page + "LB-22222").status_code == 404
    assert "Ibrahim" not in client_of(grace).get(f"{page}&q=ibrahim").content.decode().replace(
        'value="ibrahim"', ""
    )


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_for_five_places_fill_it_exactly(make_session, stockwell, grace):
    session = make_session(capacity=5)
    families = [
        register_family(
            name=f"Family {n}",
            lead_team=stockwell,
            by=grace,
            people=[NewPerson("child", f"C{n}", birth_date=date(2025, 5, 1))],
        )
        for n in range(20)
    ]
    children = {m.family_id: m.person for m in Member.objects.select_related("person")}
    start, outcomes = threading.Barrier(20), []

    def press(family):
        try:
            start.wait()
            people = [children[family.pk]]
            booking_actions.book(session=session, family=family, people=people, by=grace)
            outcomes.append("booked")
        except Conflict as conflict:
            outcomes.append(str(conflict))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(family,)) for family in families]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["This session is full."] * 15 + ["booked"] * 5
    assert Session.objects.get(pk=session.pk).places_taken == 5
    assert Attendance.objects.holding_a_place().count() == 5
    assert Event.objects.filter(kind="booking.made").count() == 5


def test_a_family_chosen_on_its_page_stays_chosen_on_the_way_to_a_place(
    client_of, grace, session, okafors, larkhall
):
    client, chosen = client_of(grace), f"?family={okafors.ref}"

    assert (
        f'href="/sites/?family={okafors.ref}"'
        in client.get(f"/families/{okafors.ref}/").content.decode()
    )
    sites = client.get(f"/sites/{chosen}").content.decode()
    assert f'href="/sites/{larkhall.code}/{chosen}"' in sites
    assert f'href="/sessions/{session.ref}/{chosen}"' in sites
    page = client.get(f"/sessions/{session.ref}/{chosen}").content.decode()
    assert f'href="/sessions/{session.ref}/book/{chosen}"' in page
