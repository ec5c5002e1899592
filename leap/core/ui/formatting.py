"""How dates, ages, numbers and typed text are written for people. London time, plain English."""

import calendar
import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Number = int | float | Decimal
A_FORTNIGHT = 14
THIRTEEN_WEEKS = 91
SIXTY_DAYS = 60
SCHOOL_AGE = 5


def _date(value: date | datetime) -> date:
    value = timezone.localtime(value) if isinstance(value, datetime) else value
    return value.date() if isinstance(value, datetime) else value


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def short_day(value: date | datetime | None) -> str:
    """3 May 2016."""
    if not value:
        return ""
    local = _date(value)
    return f"{local.day} {local:%B %Y}"


def day(value: date | datetime | None) -> str:
    """Tue 3 May 2016: the day of the week is what people plan by."""
    return f"{_date(value):%a} {short_day(value)}" if value else ""


def clock(value: datetime | None) -> str:
    """2:30pm, 9am, midday, midnight."""
    if not value:
        return ""
    local = timezone.localtime(value)
    if local.minute == 0 and local.hour % 12 == 0:
        return "midday" if local.hour else "midnight"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'pm' if local.hour >= 12 else 'am'}"


def when(value: datetime | None) -> str:
    """3 May 2016, 2:30pm."""
    return f"{short_day(value)}, {clock(value)}" if value else ""


def _span(days: int) -> str:
    if days < A_FORTNIGHT:
        return _count(days, "day")
    if days < SIXTY_DAYS:
        return _count(days // 7, "week")
    if days < 2 * 365:
        return _count(days // 30, "month")
    return _count(days // 365, "year")


def until(value: date | datetime | None) -> str:
    """How far a day is from today: today, tomorrow, in 3 days, 2 weeks ago."""
    if not value:
        return ""
    days = (_date(value) - timezone.localdate()).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {_span(days)}" if days > 0 else f"{_span(-days)} ago"


def age(born_on: date | None, on: date | None = None) -> str:
    """Age today, or on a day: 9 days, 5 weeks, 7 months, 2 years 3 months, 31 years."""
    if not born_on:
        return ""
    on = _date(on) if on else timezone.localdate()
    days = (on - born_on).days
    if days < 0:
        return "not yet born"
    return _baby(days) if days < THIRTEEN_WEEKS else _grown(_months(born_on, on))


def _baby(days: int) -> str:
    if days == 0:
        return "born today"
    return _count(days, "day") if days < A_FORTNIGHT else _count(days // 7, "week")


def _grown(completed: int) -> str:
    years, months = divmod(completed, 12)
    if years < 2:
        return _count(completed, "month")
    if years >= SCHOOL_AGE or not months:
        return _count(years, "year")
    return f"{_count(years, 'year')} {_count(months, 'month')}"


def _months(start: date, end: date) -> int:
    """Completed months; born on the 31st, the last day of a shorter month completes one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    last = end.day == calendar.monthrange(end.year, end.month)[1]
    return months if end.day >= start.day or last else months - 1


def due(due_on: date | None) -> str:
    """due 3 May 2016 (in 5 weeks)."""
    return f"due {short_day(due_on)} ({until(due_on)})" if due_on else ""


def number(value: Number | None) -> str:
    """1,234."""
    return "" if value is None or value == "" else f"{value:,}"


def percent(value: Number | None, places: int = 1) -> str:
    """A proportion from 0 to 1, as 78.2%."""
    if value is None or value == "":
        return ""
    # In decimals and half up, as spreadsheets do: 81.25 is 81.3 wherever it is read.
    step = Decimal(1).scaleb(-places)
    return f"{(Decimal(str(value)) * 100).quantize(step, ROUND_HALF_UP)}%"


def tel(value: str | None) -> str:
    """A telephone number that a phone can ring."""
    if not value:
        return ""
    digits = re.sub(r"[^0-9+]", "", value)
    return format_html('<a class="govuk-link leap-nowrap" href="tel:{}">{}</a>', digits, value)


def nhs_number(value: str | None) -> str:
    """943 476 5919: the three groups people read aloud."""
    digits = re.sub(r"\D", "", value or "")
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == 10 else (value or "")


def paragraphs(value: str | None) -> SafeString:
    """What somebody typed, escaped, with their paragraphs and line breaks kept."""
    blocks = re.split(r"\n\s*\n", (value or "").replace("\r\n", "\n").strip())
    return format_html_join("", '<p class="govuk-body">{}</p>', ((_lines(b),) for b in blocks if b))


def _lines(block: str) -> SafeString:
    return mark_safe("<br>".join(conditional_escape(line) for line in block.split("\n")))  # noqa: S308 each line is escaped


def humanise(value: str) -> str:
    """in_progress → In progress."""
    words = str(value).replace("_", " ").strip()
    return words[:1].upper() + words[1:]
