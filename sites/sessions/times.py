"""When a session is, as people say it: a day and two times on the clocks of London."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

LONDON = ZoneInfo("Europe/London")


def on_the_clock(day: date, at: time) -> datetime:
    """That time in London on that day. Of an hour that comes twice, the first.

    Raises ValidationError for a time that the clocks leave out when they go forward.
    """
    local = datetime.combine(day, at, LONDON)
    if local.astimezone(UTC).astimezone(LONDON).time() != at:
        raise ValidationError(
            f"There is no {at:%H:%M} on that day: the clocks go forward. Choose another time."
        )
    return local


def span(day: date, starts: time, ends: time) -> DateTimeTZRange:
    """From one time to another on one day. Raises ValidationError where it would end before it
    begins."""
    lower, upper = on_the_clock(day, starts), on_the_clock(day, ends)
    if lower >= upper:
        raise ValidationError("It ends before it begins. Correct one of the times.")
    return DateTimeTZRange(lower.astimezone(UTC), upper.astimezone(UTC))
