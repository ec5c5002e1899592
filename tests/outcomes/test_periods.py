"""Periods are what their codes say, and nothing else is a period."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from outcomes import periods

PUBLISHED = json.loads((Path(__file__).parent / "reference_values.json").read_text())


@pytest.mark.parametrize(
    ("code", "starts_on", "ends_on", "title"),
    [
        ("2016-Q1", date(2016, 4, 1), date(2016, 6, 30), "April to June 2016"),
        ("2016-Q4", date(2017, 1, 1), date(2017, 3, 31), "January to March 2017"),
        ("2016-17", date(2016, 4, 1), date(2017, 3, 31), "April 2016 to March 2017"),
        ("2016-05", date(2016, 5, 1), date(2016, 5, 31), "May 2016"),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), "February 2016"),
        ("2015-Q4", date(2016, 1, 1), date(2016, 3, 31), "January to March 2016"),
        ("1999-00", date(1999, 4, 1), date(2000, 3, 31), "April 1999 to March 2000"),
    ],
)
def test_a_code_names_its_days(code, starts_on, ends_on, title):
    period = periods.parse(code)

    assert (period.code, period.starts_on, period.ends_on) == (code, starts_on, ends_on)
    assert period.title == title


@pytest.mark.parametrize(
    "text",
    ["2016-Q5", "2016-Q0", "2016-18", "2016-13", "2016", "Q1 2016", "", "٢٠١٦-05", "9999-00"],
)
def test_anything_else_gets_a_sentence(text):
    with pytest.raises(periods.NotAPeriod, match=r"is not a period. Write a month as 2016-05"):
        periods.parse(text)


def test_the_parts_of_a_year_are_quarters_and_of_a_quarter_months():
    assert [p.code for p in periods.parse("2016-17").parts] == [
        "2016-Q1",
        "2016-Q2",
        "2016-Q3",
        "2016-Q4",
    ]
    assert [p.code for p in periods.parse("2016-Q4").parts] == ["2017-01", "2017-02", "2017-03"]
    assert periods.parse("2016-05").parts == []


def test_every_period_with_a_day_in_a_range():
    codes = [p.code for p in periods.periods_overlapping(date(2016, 3, 31), date(2016, 4, 1))]

    assert codes == ["2016-03", "2016-04", "2015-Q4", "2016-Q1", "2015-16", "2016-17"]


def test_no_year_is_offered_whose_code_is_a_month():
    """2009-10 is October 2009."""
    codes = [p.code for p in periods.periods_overlapping(date(2009, 1, 1), date(2016, 12, 31))]

    assert len(codes) == len(set(codes))
    assert periods.parse("2009-10").kind == periods.MONTH


def test_births_whose_thirtieth_day_falls_in_a_quarter():
    windows = PUBLISHED["nbv_birth_date_windows"]["computed"]
    for number, window in enumerate(windows.values(), 1):
        quarter = periods.parse(f"2023-Q{number}")
        born = [(day - timedelta(30)).isoformat() for day in (quarter.starts_on, quarter.ends_on)]
        assert born == window
