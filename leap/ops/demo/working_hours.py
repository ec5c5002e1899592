"""When people work: days and times as London has them."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from leap.ops.demo.seeded_random import Chance
from referrals.working_days import WorkingDays

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
works = cache(WorkingDays().is_worked)


@cache
def at(day: date, hour: int, minute: int) -> datetime:
    """That time of day in London, aware."""
    return datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC)


def working_day(day: date, step: int = 1) -> date:
    """`day` if it is worked, else the nearest worked one after it (before it with step -1)."""
    while not works(day):
        day += step * DAY
    return day


def working_day_between(chance: Chance, first: date, last: date) -> date:
    """A worked day in the span (its last worked day, or one just after, if the draw finds none)."""
    day = working_day(first + DAY * chance.randint(0, max(0, (last - first).days)))
    return day if day <= last else working_day(last, -1)


def in_hours(chance: Chance, day: date, first: int = 9, last: int = 17) -> datetime:
    """A time on `day` between two hours of the working day, on a quarter of an hour."""
    return at(day, chance.randrange(first, last), chance.choice((0, 15, 30, 45)))


def soon_after(chance: Chance, when: datetime) -> datetime:
    """When something was written up: mostly within hours, at times the next working morning."""
    if chance.happens(0.85):
        return when + timedelta(minutes=chance.randint(20, 200))
    return when + timedelta(hours=chance.randint(15, 20))
