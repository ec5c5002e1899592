"""The Okafors expect a second baby; family support and a class are booked around them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from families.access import involvement_actions
from families.contacts import actions as contact_actions
from families.inputs import NewContact, NewPerson
from families.models import Involvement, Member, Person
from families.people import actions as people_actions
from leap.core.ids import new_ref
from sites.bookings import actions as booking_actions
from sites.models import Session


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def ada(okafors):
    return Person.objects.get(given_name="Ada")


@pytest.fixture
def emeka(okafors):
    return Person.objects.get(given_name="Emeka")


@pytest.fixture
def expect(okafors, sw9, today):
    """Somebody is on the way, due in so many weeks."""

    def unborn(weeks=4, family=None, **fields):
        due = today + timedelta(weeks=weeks)
        person = Person.objects.create(ref=new_ref("P", 8), due_date=due, **fields)
        Member.objects.create(family=family or okafors, person=person, role="unborn")
        person.residences.create(postcode=sw9)
        return person

    return unborn


@pytest.fixture
def around(okafors, family_support, grace):
    reason = Involvement.Reason.TEAM_AROUND_FAMILY
    return involvement_actions.involve(family=okafors, team=family_support, reason=reason, by=grace)


@pytest.fixture
def log_contact(okafors, grace, stockwell):
    """A contact about somebody, a day ago."""

    def log(*people, **fields):
        usual = {"kind": "home_visit", "outcome": "attended"}
        usual |= {"occurred_at": timezone.now() - timedelta(days=1)}
        new = NewContact(**(usual | fields), concerned=list(people))
        return contact_actions.log_contact(family=okafors, new=new, team=stockwell, by=grace)

    return log


@pytest.fixture
def session(larkhall, baby_massage, stockwell):
    starts = timezone.now() + timedelta(days=3)
    session = Session.objects.create(
        ref=new_ref("S", 8), site=larkhall, service=baby_massage, capacity=2, team=stockwell,
        during=(starts, starts + timedelta(hours=1)),
    )  # fmt: skip
    session.refresh_from_db()
    return session


@pytest.fixture
def booked(session, okafors, grace):
    def book(*people):
        return booking_actions.book(session=session, family=okafors, people=list(people), by=grace)

    return book


@pytest.fixture
def silvas(grace, stockwell):
    return people_actions.register_family(
        name="Silva", lead_team=stockwell, by=grace,
        people=[NewPerson("mother", "Rosa", "Silva"),
                NewPerson("child", "Leo", "Silva", timezone.localdate() - timedelta(days=60))],
    )  # fmt: skip
