"""Clocks in working days: Monday to Friday, without the bank holidays of England and Wales."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from leap.wording import short_day
from referrals.models import Referral, Status

GREEN, AMBER, RED = "green", "amber", "red"
ONE_DAY = timedelta(days=1)
TO_ACKNOWLEDGE = (Status.SENT, Status.INFORMATION_ASKED)
TO_MEET_THE_FAMILY = (Status.ACKNOWLEDGED, Status.ACCEPTED)


@dataclass(frozen=True)
class Clock:
    """What is awaited, by when, and how that looks on a given day. The same for both sides."""

    awaited: str  # "acknowledgement" or "first contact"
    due_on: date
    state: str  # green, amber or red
    days_late: int = 0  # working days past the last one that was in time

    @property
    def words(self) -> str:
        """How long is left or how late it is: "2 working days late", "due 3 May 2016"."""
        if self.days_late:
            return f"{self.days_late} working day{'s' if self.days_late > 1 else ''} late"
        if self.state == RED:
            return "late"
        return f"due {short_day(self.due_on)}"


def is_working_day(day: date) -> bool:
    """Whether offices of England and Wales work on `day`."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


@lru_cache
def _bank_holidays(year: int) -> frozenset[date]:
    # One whole year at a time, and then frozen: the library's own calendar grows while it is read,
    # which threads must not share.
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def working_days_after(day: date, days: int) -> date:
    """The last day in time for something due within `days` working days of `day` (London dates).

    Something sent on a day that nobody works counts as sent on the next working day.
    """
    due = day if is_working_day(day) else _working_day_past(day, ONE_DAY)
    for _ in range(days):
        due = _working_day_past(due, ONE_DAY)
    return due


def working_days_before(day: date, days: int) -> date:
    """The working day `days` working days before the working day `day`."""
    for _ in range(days):
        day = _working_day_past(day, -ONE_DAY)
    return day


def _working_day_past(day: date, step: timedelta) -> date:
    day += step
    while not is_working_day(day):
        day += step
    return day


def working_days_late(due_on: date, day: date) -> int:
    """How many working days have begun after `due_on`, up to and with `day`. Never negative."""
    span = (day - due_on).days
    return sum(is_working_day(due_on + timedelta(days=n)) for n in range(1, span + 1))


def lateness(referral: Referral, today: date) -> Clock | None:
    """The clock that runs for `referral` on `today`, a date in London; None when none runs.

    Acknowledgement until it is acknowledged, then first contact until that is made. Red is past its
    last day in time. Amber is that day, and the fifth of a longer clock before it.
    """
    if referral.status in TO_ACKNOWLEDGE and not referral.acknowledged_at:
        return _clock(
            "acknowledgement",
            referral.acknowledge_by,
            referral.pathway.acknowledge_within,
            today,
        )
    waits = referral.status in (*TO_ACKNOWLEDGE, *TO_MEET_THE_FAMILY)
    if waits and not referral.first_contact_at:
        return _clock(
            "first contact",
            referral.first_contact_by,
            referral.pathway.first_contact_within,
            today,
        )
    return None


def _clock(awaited: str, due_on: date | None, within: int, today: date) -> Clock | None:
    if due_on is None:
        return None
    if today > due_on:
        return Clock(awaited, due_on, RED, working_days_late(due_on, today))
    amber_from = working_days_before(due_on, within // 5)
    return Clock(awaited, due_on, AMBER if today >= amber_from else GREEN)
