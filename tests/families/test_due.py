"""What is due, from the birth date or the due date."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from families.contacts import actions as contact_actions
from families.inputs import NewContact, NewPerson
from families.models import Family, Member, Person
from families.people import actions as people_actions
from families.reviews.due import FamiliesWithDue, reviews_due
from families.reviews.schedule import BY_CODE, Span, fitting_reviews
from leap.core.accounts.models import User

BORN = date(2026, 1, 20)  # Chidi
SOMEBODY = User(pk=0)


def waiting_on(day):
    waiting = FamiliesWithDue(Family.objects.all(), by=SOMEBODY, on=day)
    return [(due.review, due.words) for due in waiting[:20]]


def review(okafors, stockwell, grace, concerned, code, day, outcome="attended"):
    at = datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Europe/London"))
    new = NewContact(
        kind="home_visit", occurred_at=at, outcome=outcome, concerned=concerned, review=code
    )
    return contact_actions.log_contact(family=okafors, new=new, team=stockwell, by=grace)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 21), [("new_birth", "due by 3 February 2026")]),
        (date(2026, 1, 28), [("new_birth", "due in 6 days")]),
        (date(2026, 2, 3), [("new_birth", "due today")]),
        (date(2026, 2, 6), [("new_birth", "3 days late")]),
        (date(2026, 3, 3), [("six_to_eight_week", "due by 17 March 2026")]),
        (date(2026, 11, 22), [("one_year", "due by 20 January 2027")]),
        (date(2028, 7, 21), [("two_year", "1 day late")]),
    ],
)
def test_each_review_is_due_in_its_time(okafors, day, expected):
    assert waiting_on(day) == expected


def test_a_review_that_was_attended_is_no_longer_due(okafors, stockwell, grace, chidi):
    day = BORN + timedelta(days=12)
    review(okafors, stockwell, grace, [chidi], "new_birth", day)

    assert waiting_on(day + timedelta(days=1)) == []


def test_one_he_was_not_brought_to_still_is(okafors, stockwell, grace, chidi):
    review(
        okafors, stockwell, grace, [chidi], "new_birth", BORN + timedelta(days=9), "was_not_brought"
    )

    assert waiting_on(BORN + timedelta(days=10)) == [("new_birth", "due in 4 days")]


def test_nothing_is_due_for_a_child_who_has_died(okafors, chidi):
    Person.objects.filter(pk=chidi.pk).update(died_on=BORN + timedelta(days=2))

    assert waiting_on(BORN + timedelta(days=5)) == []
    assert reviews_due(okafors, by=SOMEBODY, on=BORN + timedelta(days=5)) == []


@pytest.fixture
def expecting(grace, stockwell):
    """Yara expects a baby on 1 October 2026."""
    people = [NewPerson("mother", "Yara", "Silva")]
    family = people_actions.register_family(
        name="Silva", lead_team=stockwell, by=grace, people=people
    )
    baby = Person.objects.create(ref="P-BABY", due_date=date(2026, 10, 1))
    Member.objects.create(family=family, person=baby, role="unborn")
    return family


def test_the_antenatal_contact_is_due_from_28_weeks(expecting):
    assert waiting_on(date(2026, 7, 8)) == []
    assert waiting_on(date(2026, 7, 9)) == [("antenatal", "due by 1 October 2026")]


def test_an_antenatal_contact_with_the_mother_alone_counts(expecting, stockwell, grace):
    yara = Person.objects.get(given_name="Yara")
    review(expecting, stockwell, grace, [yara], "antenatal", date(2026, 7, 20))

    assert waiting_on(date(2026, 7, 21)) == []


def test_late_ones_come_first_and_the_youngest_child_first_among_them(okafors, grace, stockwell):
    for name, born in [
        ("Ana", date(2026, 5, 20)),
        ("Ben", date(2026, 4, 20)),
        ("Cy", date(2026, 6, 17)),
    ]:
        people = [NewPerson("child", name, "Silva", born)]
        people_actions.register_family(name=name, lead_team=stockwell, by=grace, people=people)

    waiting = FamiliesWithDue(Family.objects.all(), by=SOMEBODY, on=date(2026, 7, 15))

    states = [(due.given_name, due.state) for due in waiting[:20]]
    assert states == [("Cy", "late"), ("Ben", "late"), ("Chidi", "late"), ("Ana", "due_today")]
    assert (waiting.count(), waiting.late, waiting.soon) == (4, 3, 1)


def test_only_the_families_asked_about_are_counted(okafors, sam):
    assert not FamiliesWithDue(Family.objects.visible_to(sam), by=sam, on=BORN)[:20]


def test_the_family_shows_what_was_done_what_was_missed_and_what_comes(
    okafors, stockwell, grace, chidi
):
    review(okafors, stockwell, grace, [chidi], "new_birth", BORN + timedelta(days=20))

    every = reviews_due(okafors, by=SOMEBODY, on=date(2026, 10, 21))
    states = {due.review: due.state for due in every}

    assert states == {
        "new_birth": "done_late",
        "six_to_eight_week": "missed",
        "one_year": "due",
        "two_year": "not_due",
    }


def test_months_clamp_to_the_last_day_of_a_shorter_month():
    assert Span(months=30).after(date(2024, 8, 31)) == date(2027, 2, 28)


def test_a_contact_offers_the_reviews_that_fit_the_childs_age(chidi):
    assert fitting_reviews([chidi], BORN + timedelta(days=10)) == [BY_CODE["new_birth"]]
    both = [BY_CODE["new_birth"], BY_CODE["six_to_eight_week"]]
    assert fitting_reviews([chidi], BORN + timedelta(days=50)) == both
    assert fitting_reviews([chidi], BORN + timedelta(days=60)) == [BY_CODE["six_to_eight_week"]]
    assert fitting_reviews([chidi], date(2030, 1, 1)) == []
