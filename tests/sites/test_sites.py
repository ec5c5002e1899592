"""What is on, and who may read whose names there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from families.models import Family, Member, Person
from leap.core.ids import new_ref
from leap.core.reference_data.models import Postcode, Site
from sites.bookings import actions as booking_actions
from sites.models import Attendance, Booking, Session


def test_everybody_who_signs_in_sees_what_is_on(session, asha, tariq, grace, client_of):
    for reader in (asha, tariq, grace):
        assert "PAIRS Together Time" in client_of(reader).get("/sites/").content.decode()
        assert "5 places left" in client_of(reader).get("/sites/larkhall/").content.decode()
        assert client_of(reader).get(f"/sessions/{session.ref}/").status_code == 200


def test_a_site_that_the_directory_does_not_list_is_in_a_ward_not_known(session, grace, client_of):
    listed = Postcode.objects.create(postcode="SE1 7EH")
    for code, postcode in (("unlisted", listed), ("nowhere", None)):
        Site.objects.create(code=code, name=code, postcode=postcode)
        assert "Ward not known" in client_of(grace).get(f"/sites/{code}/").text
    page = client_of(grace).get("/sites/").text
    assert "Ward not known" in page
    assert "Outside the four wards" not in page


def test_a_session_shows_names_of_ones_own_families_and_counts_the_others(
    session, okafors, chidi, ibrahims, yusuf, grace, sam, client_of
):
    booking_actions.book(session=session, family=okafors, people=[chidi], by=grace)
    booking_actions.book(
        session=session, family=ibrahims, people=[yusuf], by=sam, access_needs="Somali interpreter"
    )

    page = client_of(grace).get(f"/sessions/{session.ref}/").content.decode()

    assert "Chidi Okafor" in page
    assert "And 1 other." in page
    for hidden in ("Yusuf", "Ibrahim", ibrahims.ref, "Somali"):
        assert hidden not in page


def test_a_child_of_two_homes_does_not_give_the_other_home_away(
    session, ibrahims, yusuf, okafors, sam, grace, client_of
):
    """Yusuf stays with the Okafors too. His booking was made by the Ibrahims' worker."""
    Member.objects.create(family=okafors, person=yusuf, role="child")
    booking_actions.book(
        session=session, family=ibrahims, people=[yusuf], by=sam, access_needs="Somali interpreter"
    )

    page = client_of(grace).get(f"/sessions/{session.ref}/").content.decode()

    assert "Yusuf" in page
    assert "Somali" not in page
    assert ibrahims.ref not in page


def test_champions_read_no_names_on_the_session_page(
    session, okafors, chidi, grace, tariq, client_of
):
    booking_actions.book(session=session, family=okafors, people=[chidi], by=grace)
    page = client_of(tariq).get(f"/sessions/{session.ref}/").content.decode()
    assert "Chidi" not in page
    assert "1 person." in page
    assert "other families" not in page  # they have none


def test_full_is_a_word(make_session, grace, client_of):
    session = make_session(capacity=0)
    page = client_of(grace).get(f"/sessions/{session.ref}/").content.decode()
    assert "Full" in page
    assert "Book places" not in page


def test_what_is_not_there_is_not_there(grace, client_of):
    for address in ("/sites/nowhere/", "/sessions/SN-22222222/", "/sessions/x/"):
        assert client_of(grace).get(address).status_code == 404


@pytest.fixture
def busy(stockwell, baby_massage, okafors, grace):
    """So many sites and sessions, each session with a booking of a family that Grace sees."""

    def make(count):
        now = timezone.now()
        sites = Site.objects.bulk_create(
            Site(code=f"site-{n}", name=f"Site {n}") for n in range(count)
        )
        for n, site in enumerate(sites):
            place = sites[0] if n % 2 else site
            session = Session.objects.create(
                ref=new_ref("SN", 8),
                site=place,
                service=baby_massage,
                during=(now + timedelta(hours=n + 1), now + timedelta(hours=n + 2)),
                capacity=50,
            )
            Session.objects.create(
                ref=new_ref("SN", 8),
                site=place,
                service=baby_massage,
                during=(now - timedelta(hours=n + 2), now - timedelta(hours=n + 1)),
                capacity=50,
            )
        people = Person.objects.bulk_create(
            Person(ref=new_ref("P", 8), given_name=f"Child {n}") for n in range(count)
        )
        Member.objects.bulk_create(
            Member(family=okafors, person=person, role="child") for person in people
        )
        booking = Booking.objects.create(ref=new_ref("BK", 8), session=session, family=okafors)
        Attendance.objects.bulk_create(
            Attendance(session=session, person=person, booking=booking) for person in people
        )
        return session

    return make


@pytest.mark.parametrize("address", ["/sites/", "/sites/site-0/", "/sessions/{}/"])
def test_much_going_on_costs_the_same(busy, grace, client_of, address):
    client = client_of(grace)

    def queries(ref):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address.format(ref)).status_code == 200
        return len(captured)

    few = queries(busy(3).ref)
    Attendance.objects.all().delete()
    Booking.objects.all().delete()
    Session.objects.all().delete()
    Site.objects.all().delete()
    assert queries(busy(40).ref) == few
    assert Family.objects.count() == 1
