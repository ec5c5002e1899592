"""The periods figures are for: months, financial quarters and financial years.

`2016-05` is a month, `2016-Q1` the financial quarter April to June 2016, `2016-17` the financial
year from April 2016. A code such as `2009-10` reads as a month, so financial years that could be
mistaken for one (all before 2012) have no code and no figures.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTH, QUARTER, YEAR = "month", "quarter", "year"
FIRST_YEAR = 2012  # the first financial year whose code is not also that of a month
_MONTH = re.compile(r"((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"((?:19|20)[0-9]{2})-Q([1-4])")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})-([0-9]{2})")


class NotAPeriod(ValueError):
    """Its message is a sentence: what was given, and what could be."""


@dataclass(frozen=True)
class Period:
    """A stretch of whole days, both ends included."""

    code: str
    kind: str
    starts_on: date
    ends_on: date

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        """May 2016; April to June 2016; April 2016 to March 2017."""
        if self.kind == MONTH:
            return f"{self.starts_on:%B %Y}"
        if self.starts_on.year == self.ends_on.year:
            return f"{self.starts_on:%B} to {self.ends_on:%B %Y}"
        return f"{self.starts_on:%B %Y} to {self.ends_on:%B %Y}"

    @property
    def parts(self) -> list["Period"]:
        """The months of a quarter, the quarters of a year; a month has none."""
        part = {QUARTER: month_of, YEAR: quarter_of}.get(self.kind)
        return list(_run(part, self.starts_on, self.ends_on)) if part else []

    @property
    def longer(self) -> list["Period"]:
        """The quarter and the year that hold a month, the year that holds a quarter."""
        wholes = {MONTH: [quarter_of, year_of], QUARTER: [year_of]}.get(self.kind, [])
        candidates = [whole(self.starts_on) for whole in wholes]
        return [
            period
            for period in candidates
            if period.kind != YEAR or period.starts_on.year >= FIRST_YEAR
        ]

    def ends_by(self, as_at: date) -> date:
        """Its last day, or the as-at date while it is not over."""
        return min(self.ends_on, as_at)


def parse(text: str) -> Period:
    """The period that a code names; NotAPeriod with a sentence otherwise."""
    if match := _QUARTER.fullmatch(text):
        year, quarter = int(match[1]), int(match[2])
        return quarter_of(_first(text, year + quarter // 4, quarter * 3 % 12 + 1))
    if match := _MONTH.fullmatch(text):
        return month_of(_first(text, int(match[1]), int(match[2])))
    match = _YEAR.fullmatch(text)
    if match and int(match[2]) == (int(match[1]) + 1) % 100:
        return year_of(_first(text, int(match[1]), 4))
    raise _unknown(text)


def _first(text: str, year: int, month: int) -> date:
    try:
        return date(year, month, 1)
    except ValueError:
        raise _unknown(text) from None


def _unknown(text: str) -> NotAPeriod:
    return NotAPeriod(
        f"“{text}” is not a period. Write a month as 2016-05, the financial quarter April to June"
        " 2016 as 2016-Q1, or the financial year from April 2016 as 2016-17."
    )


def month_of(day: date) -> Period:
    """The month that holds a day."""
    last = calendar.monthrange(day.year, day.month)[1]
    return Period(f"{day:%Y-%m}", MONTH, day.replace(day=1), day.replace(day=last))


def quarter_of(day: date) -> Period:
    """The financial quarter that holds a day: April to June is the first."""
    opens = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    closes = month_of(opens + timedelta(days=70)).ends_on
    number = (opens.month - 4) % 12 // 3 + 1
    return Period(f"{_financial(opens)}-Q{number}", QUARTER, opens, closes)


def year_of(day: date) -> Period:
    """The financial year, April to March, that holds a day."""
    year = _financial(day)
    code = f"{year}-{(year + 1) % 100:02}"
    return Period(code, YEAR, date(year, 4, 1), date(year + 1, 3, 31))


def _financial(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def periods_overlapping(first: date, last: date) -> list[Period]:
    """Every month, quarter and year with a day between two days, each kind in order of time."""
    years = [y for y in _run(year_of, first, last) if y.starts_on.year >= FIRST_YEAR]
    return [*_run(month_of, first, last), *_run(quarter_of, first, last), *years]


def _run(part: Callable[[date], Period], first: date, last: date) -> Iterator[Period]:
    day = first
    while day <= last:
        period = part(day)
        yield period
        day = period.ends_on + timedelta(days=1)
