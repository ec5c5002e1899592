"""Clocks in working days: Monday to Friday, without the bank holidays of England and Wales.

Some days are one-offs: a holiday by proclamation, or one moved to another day. They stand in the
database (`OneOffDay`) and are learnt by `learn_one_off_days` wherever days are about to be counted.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays
from django.utils import timezone

from leap.wording import short_day
from referrals.models import Incoming, OneOffDay, Referral, Status

GREEN, AMBER, RED, PAUSED = "green", "amber", "red", "paused"
ONE_DAY = timedelta(days=1)
ACKNOWLEDGEMENT, FIRST_CONTACT = "acknowledgement", "first contact"
TO_ACKNOWLEDGE = (Status.SENT, Status.INFORMATION_ASKED)
READ_WITHIN = 1  # working days for somebody to read what is sent in from outside
TO_MEET_THE_FAMILY = (Status.ACKNOWLEDGED, Status.ACCEPTED)


@dataclass(frozen=True)
class Clock:
    """What is awaited, by when, and how that looks on a given day. The same for both sides."""

    awaited: str  # "acknowledgement" or "first contact"
    due_on: date
    state: str  # green, amber, red or paused
    days_late: int = 0  # working days past the last one that was in time

    @property
    def words(self) -> str:
        """How long is left or how late it is: "2 working days late", "due 3 May 2016"."""
        if self.state == PAUSED:
            return "paused"
        if self.days_late:
            return f"{self.days_late} working day{'s' if self.days_late > 1 else ''} late"
        if self.state == RED:
            return "late"
        return f"due {short_day(self.due_on)}"


def is_working_day(day: date) -> bool:
    """Whether offices of England and Wales work on `day`."""
    one_off = _one_offs.get(day)
    if one_off is not None:
        return one_off
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


# What this process last learnt: whether a day is worked, for those that differ from the calendar.
_one_offs: dict[date, bool] = {}


def learn_one_off_days() -> None:
    """Read the one-off days, in one query. What counts days for keeps calls this first."""
    global _one_offs  # replaced whole, so that a thread that counts never meets half of it
    _one_offs = dict(OneOffDay.objects.values_list("day", "is_worked"))


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
    last day in time. Amber is that day, and the fifth of a longer clock before it. A paused clock
    says so and nothing more.
    """
    pathway = referral.pathway
    clock = None
    if referral.status in TO_ACKNOWLEDGE and not referral.acknowledged_at:
        due_on = referral.acknowledge_by
        clock = _clock(ACKNOWLEDGEMENT, due_on, pathway.acknowledge_within, today)
    elif runs(referral) and not referral.first_contact_at:
        due_on = referral.first_contact_by
        clock = _clock(FIRST_CONTACT, due_on, pathway.first_contact_within, today)
    if clock and referral.clock_paused_at:
        return Clock(clock.awaited, clock.due_on, PAUSED)
    return clock


def to_be_read(incoming: Incoming, today: date) -> Clock | None:
    """The clock of what somebody outside sent in, until a person has read it."""
    if incoming.settled_at:
        return None
    due_on = working_days_after(timezone.localdate(incoming.made_at), READ_WITHIN)
    return _clock("reading", due_on, READ_WITHIN, today)


def runs(referral: Referral) -> bool:
    """Whether anything is still awaited: what has a clock that can be paused."""
    return referral.status in (*TO_ACKNOWLEDGE, *TO_MEET_THE_FAMILY)


def resumed(referral: Referral, today: date) -> dict[str, object]:
    """The fields of a paused referral whose clock goes on: each day moves by those paused.

    Days are moved that were still ahead or awaited when it stopped, so a referral that was two
    days late then is two days late now.
    """
    if referral.clock_paused_at is None:
        return {}
    days = days_paused(referral, today)
    names = ["first_contact_by", "expires_on"]
    if not referral.acknowledged_at:
        names.append("acknowledge_by")
    due = {name: getattr(referral, name) for name in names}
    moved: dict[str, object] = {
        name: working_days_after(day, days) for name, day in due.items() if day and days
    }
    return {**moved, "clock_paused_at": None}


def days_paused(referral: Referral, today: date) -> int:
    """How many working days have begun since the clock was paused."""
    if referral.clock_paused_at is None:
        return 0
    return working_days_late(timezone.localdate(referral.clock_paused_at), today)


def _clock(awaited: str, due_on: date | None, within: int, today: date) -> Clock | None:
    if due_on is None:
        return None
    if today > due_on:
        return Clock(awaited, due_on, RED, working_days_late(due_on, today))
    amber_from = working_days_before(due_on, within // 5)
    return Clock(awaited, due_on, AMBER if today >= amber_from else GREEN)
