"""Reach: children met, how often, and who was there."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sites.models import Attendance, Session


@pytest.fixture
def session(larkhall, baby_massage):
    def create(starts_at):
        return Session.objects.create(
            ref=f"S-{starts_at:%d%H%M}",
            site=larkhall,
            service=baby_massage,
            during=(starts_at, starts_at + timedelta(minutes=20)),
            capacity=10,
        )

    return create


def test_children_under_four_on_the_last_day(lives, tally):
    for born in (date(2012, 6, 30), date(2012, 7, 1), date(2016, 6, 30), date(2016, 7, 1)):
        lives.child(born)
    lives.child(date(2014, 1, 1), died_on=date(2016, 6, 30))

    assert tally("reach_children") == (0, 2)


def test_before_the_end_the_last_day_is_the_as_at_date(lives, tally):
    lives.child(date(2012, 6, 1))

    assert tally("reach_children", as_at=date(2016, 5, 31)) == (0, 1)
    assert tally("reach_children") == (0, 0)


def test_reached_by_contact_or_session_present_or_concerned(lives, tally, session):
    concerned, present, came, booked, missed = (lives.child(date(2015, 1, 1)) for _ in range(5))
    lives.contact(date(2016, 5, 1), concerned, present=[present])
    lives.contact(date(2016, 5, 2), missed, outcome="was_not_brought")
    held = session(datetime(2016, 5, 3, 9, tzinfo=UTC))
    for child, status in ((came, "walked_in"), (booked, "did_not_attend")):
        Attendance.objects.create(session=held, person=child, status=status)

    assert tally("reach_children") == (3, 5)


def test_a_session_on_the_first_night_of_july_in_london_is_not_in_june(lives, tally, session):
    child = lives.child(date(2015, 1, 1))
    held = session(datetime(2016, 6, 30, 23, 30, tzinfo=UTC))
    Attendance.objects.create(session=held, person=child, status="attended")

    assert tally("reach_children") == (0, 1)
    assert tally("reach_children", "2016-Q2") == (1, 1)


def test_sustained_is_three_of_either(lives, tally, session):
    twice, thrice = lives.child(date(2015, 1, 1)), lives.child(date(2015, 1, 1))
    for day in (1, 2):
        lives.contact(date(2016, 5, day), twice, thrice)
    held = session(datetime(2016, 5, 3, 9, tzinfo=UTC))
    Attendance.objects.create(session=held, person=thrice, status="attended")

    assert tally("reach_sustained") == (1, 2)


def test_fathers_and_male_carers_who_were_there(lives, tally):
    family, apart = lives.family(), lives.family()
    child, mother = lives.child(date(2015, 1, 1), family), lives.mother(family)
    father = lives.person("father", apart)
    father.members.create(family=family, role="other")  # here he is another carer, sex not known
    grandfather = lives.person("grandparent", family, sex="male")
    brother = lives.child(date(2013, 1, 1), family, sex="male")
    away = lives.person("father", apart)  # a father of another family, not a member of this one

    def contact_with(day, *present):
        lives.contact(date(2016, 5, day), child, present=present, family=family)

    contact_with(1, mother)
    contact_with(2, mother, grandfather)
    contact_with(3, mother, brother)
    contact_with(4, father)
    contact_with(5, away)
    lives.contact(date(2016, 5, 6), child, father, family=apart)  # concerned, but not there
    lives.contact(date(2016, 5, 7), mother, present=[grandfather])  # concerns no child

    assert tally("father_present") == (2, 6)


def test_a_contact_counts_in_the_ward_of_the_first_child_listed(lives, tally):
    family = lives.family()
    mother = lives.mother(family, ward="Coldharbour")
    first = lives.child(date(2015, 1, 1), family, ward="Vassall")
    second = lives.child(date(2013, 1, 1), family, ward="Stockwell")
    lives.contact(date(2016, 5, 1), mother, first, second)

    assert tally("father_present", area="Vassall") == (0, 1)
    assert tally("father_present") == (0, 1)


def test_not_brought_of_those_attended_not_brought_or_no_access(lives, tally):
    child = lives.child(date(2015, 1, 1))
    for outcome in (
        "attended",
        "was_not_brought",
        "no_access",
        "cancelled_by_family",
        "cancelled_by_service",
    ):
        lives.contact(date(2016, 5, 1), child, outcome=outcome)
    lives.contact(date(2016, 5, 1), lives.mother(), outcome="was_not_brought")

    assert tally("was_not_brought") == (1, 3)
