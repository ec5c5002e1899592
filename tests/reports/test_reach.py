"""Different people, each counted once."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from families.models import Family
from leap.core.reference_data.models import Service, Site
from outcomes import periods
from outcomes.reports import reach
from sites.models import Attendance, Session
from tests.outcomes.conftest import LONDON
from tests.reports.conftest import area

QUARTER = periods.parse("2016-Q1")
BORN, LATER = date(2016, 1, 10), date(2016, 9, 30)


@pytest.fixture
def counted(db):
    """(registered, reached, sustained) of children or adults in an area."""

    def people_counted(name: str = "LEAP (four wards)", *, adults: bool = False) -> tuple[int, ...]:
        codes = {"outside": reach.OUTSIDE, "not known": reach.NOT_KNOWN}
        Family.objects.filter(opened_at__year__gt=2016).update(
            opened_at=datetime(2016, 1, 1, tzinfo=LONDON)
        )
        return tuple(reach.count(QUARTER, LATER)[adults, codes.get(name) or area(name)])

    return people_counted


@pytest.fixture
def session(db, larkhall: Site, baby_massage: Service) -> Session:
    during = (datetime(2016, 5, 5, 10, tzinfo=LONDON), datetime(2016, 5, 5, 11, tzinfo=LONDON))
    return Session.objects.create(
        ref="SE-1", site=larkhall, service=baby_massage, during=during, capacity=10
    )


def test_twins_are_two_children_and_a_mother_is_one_adult(lives, counted):
    family = lives.family()
    twins = [lives.child(BORN, family), lives.child(BORN, family)]
    mother = lives.mother(family)
    lives.contact(date(2016, 4, 1), *twins, present=[mother])
    lives.contact(date(2016, 6, 30), *twins, present=[mother])

    assert counted("Stockwell") == (2, 2, 0)
    assert counted("Stockwell", adults=True) == (1, 1, 0)


def test_contacts_and_sessions_of_all_services_are_one_person(lives, counted, session):
    child = lives.child(BORN)
    lives.contact(date(2016, 4, 1), child)
    lives.contact(date(2016, 4, 8), child)
    Attendance.objects.create(session=session, person=child, status="walked_in")

    assert counted() == (1, 1, 1)


def test_known_but_not_met_is_registered_only(lives, counted, session):
    child = lives.child(BORN)
    lives.contact(date(2016, 4, 1), child, outcome="was_not_brought")
    lives.contact(date(2016, 7, 1), child)
    Attendance.objects.create(session=session, person=child, status="did_not_attend")

    assert counted() == (1, 0, 0)


def test_the_ward_is_the_home_at_the_first_contact(lives, counted):
    child = lives.child(BORN)  # in Stockwell
    lives.home(child, "Vassall", since=date(2016, 5, 1))
    lives.contact(date(2016, 4, 20), child)
    lives.contact(date(2016, 5, 20), child)

    assert counted("Stockwell") == (1, 1, 0)
    assert counted("Vassall") == (0, 0, 0)


def test_those_not_met_are_counted_where_they_lived_at_the_end(lives, counted):
    child = lives.child(BORN)
    lives.home(child, "Vassall", since=date(2016, 5, 1))

    assert counted("Vassall") == (1, 0, 0)


def test_people_outside_and_without_an_address_are_counted_apart(lives, counted):
    lives.contact(date(2016, 4, 1), lives.child(BORN, ward="elsewhere"))
    lives.contact(date(2016, 4, 1), lives.child(BORN, ward=None))

    assert counted("outside") == (1, 1, 0)
    assert counted("not known") == (1, 1, 0)
    assert counted() == (0, 0, 0)


def test_unborn_babies_and_those_who_died_before_are_not_counted(lives, counted):
    family = lives.family()
    unborn = lives.person("unborn", family, due_date=date(2016, 8, 1))
    born_later = lives.child(date(2016, 7, 2), family)
    lives.child(BORN, family, died_on=date(2016, 3, 31))
    lives.contact(date(2016, 5, 1), unborn, born_later, family=family)

    assert counted() == (0, 0, 0)


def test_a_young_mother_is_an_adult(lives, counted):
    kate = lives.child(date(2000, 5, 5))
    lives.family().members.create(person=kate, role="mother")

    assert counted() == (0, 0, 0)
    assert counted(adults=True) == (1, 0, 0)


def test_a_family_that_had_left_is_not_registered(lives, counted):
    child = lives.child(BORN)
    Family.objects.filter(members__person=child).update(
        opened_at=datetime(2016, 1, 1, tzinfo=LONDON),
        closed_at=datetime(2016, 3, 31, 12, tzinfo=LONDON),
    )

    assert counted() == (0, 0, 0)


def test_a_late_contact_is_of_the_next_day_in_london(lives, counted):
    lives.contact(datetime(2016, 6, 30, 23, 15, tzinfo=ZoneInfo("UTC")), lives.child(BORN))

    assert counted() == (1, 0, 0)


def test_few_people_are_not_shown_and_cannot_be_worked_out(lives):
    for ward, number in (("Coldharbour", 12), ("Stockwell", 3), ("Vassall", 20)):
        for _ in range(number):
            lives.contact(date(2016, 4, 1), lives.child(BORN, ward=ward))

    rows = reach.gather(QUARTER, LATER, LATER)["rows"]

    counts = {
        row["area_name"]: row["reached"]["count"]
        for row in rows
        if row["group"] == "Children of any age"
    }
    assert counts["Stockwell"] is None
    assert counts["Coldharbour"] is None  # or Stockwell would be LEAP less the others
    assert (counts["Vassall"], counts["LEAP (four wards)"]) == (20, 35)


def test_everybody_is_counted_in_one_statement(lives, django_assert_num_queries):
    for _ in range(5):
        lives.contact(date(2016, 4, 1), lives.child(BORN))

    with django_assert_num_queries(1):
        reach.count(QUARTER, LATER)
    assert connection.vendor == "postgresql"
