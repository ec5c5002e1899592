"""How dates, ages and numbers are written."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from leap.core.ui import formatting

MAY = date(2016, 5, 3)


@pytest.mark.parametrize(
    ("born_on", "words"),
    [
        (date(2016, 5, 3), "born today"),
        (date(2016, 5, 2), "1 day"),
        (date(2016, 4, 24), "9 days"),
        (date(2016, 3, 29), "5 weeks"),
        (date(2015, 10, 3), "7 months"),
        (date(2014, 5, 4), "23 months"),
        (date(2014, 5, 3), "2 years"),
        (date(2014, 2, 3), "2 years 3 months"),
        (date(1985, 1, 1), "31 years"),
        (date(2016, 6, 1), "not yet born"),
    ],
)
def test_an_age_is_said_as_a_health_visitor_would(born_on: date, words: str):
    assert formatting.age(born_on, MAY) == words


def test_born_on_the_31st_a_baby_is_a_month_older_on_the_last_day_of_february():
    assert formatting.age(date(2015, 10, 31), date(2016, 2, 29)) == "4 months"
    assert formatting.age(date(2015, 10, 31), date(2016, 2, 28)) == "3 months"


def test_a_time_is_londons():
    summer = datetime(2016, 7, 1, 13, 30, tzinfo=UTC)
    assert formatting.when(summer) == "1 July 2016, 2:30pm"
    assert formatting.day(datetime(2016, 7, 1, 23, 30, tzinfo=UTC)) == "Sat 2 July 2016"


@pytest.mark.parametrize(
    ("hour", "words"), [(0, "midnight"), (9, "9am"), (12, "midday"), (15, "3pm")]
)
def test_whole_hours_are_short(hour: int, words: str):
    assert formatting.clock(datetime(2016, 1, 4, hour, tzinfo=UTC)) == words


@time_machine.travel(datetime(2016, 5, 3, 12, tzinfo=UTC))
@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2016, 5, 3), "today"),
        (date(2016, 5, 4), "tomorrow"),
        (date(2016, 5, 2), "yesterday"),
        (date(2016, 5, 12), "in 9 days"),
        (date(2016, 4, 12), "3 weeks ago"),
        (date(2016, 9, 1), "in 4 months"),
    ],
)
def test_how_far_off_a_day_is(on: date, words: str):
    assert formatting.until(on) == words


def test_what_somebody_typed_keeps_its_lines_and_loses_its_markup():
    html = formatting.paragraphs("One\nTwo\n\n<script>")
    assert html == ('<p class="govuk-body">One<br>Two</p><p class="govuk-body">&lt;script&gt;</p>')


def test_nothing_is_written_as_nothing():
    for formatter in (
        formatting.day,
        formatting.when,
        formatting.age,
        formatting.number,
        formatting.percent,
    ):
        assert formatter(None) == ""
    assert (formatting.number(0), formatting.percent(0)) == ("0", "0.0%")


def test_a_telephone_number_can_be_rung():
    assert 'href="tel:02079460018"' in formatting.tel("020 7946 0018")
