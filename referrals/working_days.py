"""Working days: Monday to Friday, without the bank holidays of England and Wales.

Some days are one-offs: a holiday by proclamation, or one moved to another day. They stand in the
database, so the calendar is a value: read once for what is being answered, and handed on. Nothing
of it outlives the request or task that read it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Self

import holidays
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

from referrals.models import CalendarException

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingDays:
    """Which days are worked. `one_offs` says so for those that differ from the calendar."""

    one_offs: Mapping[date, bool] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Self:
        """As the database has it now, in one query."""
        return cls(dict(CalendarException.objects.values_list("day", "is_worked")))

    @classmethod
    def subquery(cls) -> ArraySubquery:
        """The same for the statement of another queryset; `from_rows` reads it."""
        rows = CalendarException.objects.values(row=JSONObject(day="day", is_worked="is_worked"))
        return ArraySubquery(rows)

    @classmethod
    def from_rows(cls, rows: Iterable[dict[str, Any]]) -> Self:
        """From what `subquery` answered."""
        return cls({date.fromisoformat(row["day"]): row["is_worked"] for row in rows})

    def is_worked(self, day: date) -> bool:
        """Whether offices of England and Wales work on `day`."""
        one_off = self.one_offs.get(day)
        if one_off is not None:
            return one_off
        return day.weekday() < 5 and day not in _bank_holidays(day.year)

    def after(self, day: date, days: int) -> date:
        """The last day in time for what is due within `days` working days of `day` (London dates).

        Something sent on a day that nobody works counts as sent on the next working day.
        """
        due = day if self.is_worked(day) else self._next(day, ONE_DAY)
        for _ in range(days):
            due = self._next(due, ONE_DAY)
        return due

    def before(self, day: date, days: int) -> date:
        """The working day `days` working days before the working day `day`."""
        for _ in range(days):
            day = self._next(day, -ONE_DAY)
        return day

    def late(self, due_on: date, day: date) -> int:
        """How many working days have begun after `due_on`, up to and with `day`. Never negative."""
        span = (day - due_on).days
        return sum(self.is_worked(due_on + timedelta(days=n)) for n in range(1, span + 1))

    def _next(self, day: date, step: timedelta) -> date:
        day += step
        while not self.is_worked(day):
            day += step
        return day


@lru_cache
def _bank_holidays(year: int) -> frozenset[date]:
    # One whole year at a time, and then frozen: the library's own calendar grows while it is read,
    # which threads must not share.
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
