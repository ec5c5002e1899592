"""When a spell of work ends: at the end of its last day, by the clocks of London."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def end_of_day(last_day: date | None) -> datetime | None:
    """The first moment after `last_day`; None where there is no end."""
    if last_day is None:
        return None
    return timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time()))


def last_day(ended_at: datetime | None) -> date | None:
    """The day on which a spell is seen for the last time; the other way round of `end_of_day`."""
    if ended_at is None:
        return None
    return timezone.localdate(ended_at - timedelta(microseconds=1))
