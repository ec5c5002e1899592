"""When an answer is due: calendar months, as the Information Commissioner counts them."""

from calendar import monthrange
from datetime import date

from referrals.working_days import WorkingDays

MONTHS, MONTHS_EXTENDED = 1, 3


def due_on(asked_on: date, proved_on: date, *, extended: bool = False) -> date:
    """The last day on which an answer is in time.

    From the day it was asked for and proved, to the same date of the next month (or its last day,
    where it has no such date); three months when extended. A day nobody works moves on to the next
    working day.
    """
    calendar = WorkingDays.read()
    day = _months_on(max(asked_on, proved_on), MONTHS_EXTENDED if extended else MONTHS)
    return calendar.after(day, 0)


def _months_on(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
