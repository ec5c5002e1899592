"""When an answer is due, as the Information Commissioner counts."""

from datetime import date

import pytest

from leap.governance.subject_access.dates import due_on

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked_on", "due"),
    [
        (date(2026, 9, 3), date(2026, 10, 5)),  # the 3rd is a Saturday
        (date(2026, 3, 31), date(2026, 4, 30)),  # no 31 April
        (date(2027, 1, 30), date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2025, 11, 25), date(2025, 12, 29)),  # Christmas, Boxing Day, a weekend
        (date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_the_same_date_next_month_or_the_next_working_day(asked_on, due):
    assert due_on(asked_on, asked_on) == due


def test_the_month_begins_when_it_is_certain_who_asks():
    assert due_on(date(2026, 9, 1), date(2026, 9, 8)) == date(2026, 10, 8)


def test_two_months_more_are_three_from_the_day_it_was_asked():
    assert due_on(date(2026, 3, 31), date(2026, 3, 31), extended=True) == date(2026, 6, 30)
