"""What comes in from outside, read in one place: text, numbers, days and moments.

Forms, the API, imports and query strings all read by this. What cannot be read raises Unreadable,
whose message is a sentence for whoever typed it.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FIRST_YEAR, LAST_YEAR = 1900, 2100
FOUR_FIGURES = (1000, 2999)
MOST_FIGURES = 12  # before the point, and after it
NUMBER = re.compile(rf"-?[0-9]{{1,{MOST_FIGURES}}}(\.[0-9]{{1,{MOST_FIGURES}}})?")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DAY_FIRST = ("%d/%m/%Y", "%d/%m/%y")  # as a hand writes it here
LINE_ENDS = {ord(c): "\n" for c in "\x0b\x0c\x85\u2028\u2029"}
JOINERS = "\u200c\u200d"  # they shape letters, and whole emoji: part of the word that they are in
DIRECTIONS = "\u061c\u200e\u200f"
WRITTEN = "\t\n\r"


class Unreadable(ValueError):
    """What came in cannot be read. The message says why, and what to write instead."""


# Text


def clean_text(text: str) -> str:
    """`text` without what nobody sees and no keyboard means: control characters, zero-width and
    bidirectional marks, halves of characters. Every kind of space is a space.

    One line, such as a name, is composed (NFC), so that the same name is the same characters. Text
    of several lines is prose: it stays as it was written, with its marks of direction.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.translate(LINE_ENDS)
    if "\n" in text or "\r" in text:
        return "".join(_seen(text, DIRECTIONS))
    return unicodedata.normalize("NFC", "".join(_seen(text)))


def _seen(text: str, allowed: str = "") -> Iterable[str]:
    before = ""
    for char in text:
        kind = unicodedata.category(char)
        if char in JOINERS:
            if not _is_joined(before):
                continue
        elif kind == "Zs":
            char = " "
        elif kind in ("Cf", "Cc", "Cs") and char not in WRITTEN + allowed and not _is_tag(char):
            continue
        yield char
        before = char


def _is_joined(before: str) -> bool:
    """Whether a joiner after this character does anything: Latin letters do not join."""
    return bool(before) and not before.isspace() and "LATIN" not in unicodedata.name(before, "")


def _is_tag(char: str) -> bool:
    """The letters of a flag such as Wales's, which are format characters."""
    return "\U000e0020" <= char <= "\U000e007f"


def is_storable(text: str) -> bool:
    """Whether a database can hold it: no NUL, and no half of a character."""
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def has_controls(text: str) -> bool:
    """Whether there is a NUL, an escape or their like, which no program writes into text."""
    return any(
        unicodedata.category(char) == "Cc" and char not in WRITTEN and ord(char) not in LINE_ENDS
        for char in text
    )


# Numbers


def number(text: str) -> Decimal:
    """A number written in figures, with a point before the decimals and nothing else."""
    typed = clean_text(text).strip()
    if not NUMBER.fullmatch(typed):
        raise Unreadable(f"{quoted(typed)} is not a number. {_instead(typed)}")
    return Decimal(typed)


def whole(text: str) -> int:
    """A whole number; 38.0 is one."""
    try:
        read = number(text)
    except Unreadable as problem:
        raise Unreadable(str(problem).replace("is not a number", "is not a whole number")) from None
    if read != read.to_integral_value():
        raise Unreadable(f"{quoted(text)} is not a whole number.")
    return int(read)


def page_number(text: str | None) -> int:
    """Which page is asked for: the first, where that makes no sense."""
    try:
        return max(whole(text or ""), 1)
    except Unreadable:
        return 1


def _instead(typed: str) -> str:
    if re.fullmatch(r"-?[0-9]{1,3}([, ’'][0-9]{3})+(\.[0-9]+)?", typed):
        return f"Write {re.sub('[^0-9.-]', '', typed)}, without anything between the thousands."
    if re.fullmatch(r"-?[0-9]+,[0-9]+", typed):
        return f"Write {typed.replace(',', '.')}, with a point before the decimals."
    if re.fullmatch(r"[+-]?[0-9.]+", typed) and len(typed) > MOST_FIGURES:
        return "It is too long to be right."
    return "Use the figures 0 to 9, with a point before any decimals."


def quoted(text: str) -> str:
    """A value as a sentence shows it: on one line, no longer than needed to recognise it."""
    line = "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))
    return f"“{line[:57]}…”" if len(line) > 60 else f"“{line}”"


# Days and moments


def day(text: str) -> date:
    """A day as 2016-04-30, in a year that somebody here can mean."""
    return in_years(_iso_day(clean_text(text).strip()))


def _iso_day(typed: str) -> date:
    if not ISO_DAY.fullmatch(typed):
        raise Unreadable(f"{quoted(typed)} is not a date. Write it as year-month-day: 2016-04-30.")
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Unreadable(f"{quoted(typed)} is not in the calendar.") from None


def typed_day(text: str) -> date:
    """A day as a browser sends it, or as a hand writes it here: 30/4/2016.

    Each form has a rule of its own, and a sentence, for what is too early or too late for it.
    """
    typed = clean_text(text).strip()
    for form in DAY_FIRST if typed.isascii() else ():
        try:
            return in_years(datetime.strptime(typed, form).date(), *FOUR_FIGURES)  # noqa: DTZ007
        except Unreadable:
            raise
        except ValueError:
            continue
    return in_years(_iso_day(typed), *FOUR_FIGURES)


def moment(text: str) -> datetime:
    """A day and a time, in UTC. Without an offset it is London's time: of the hour that comes
    twice in autumn, the first."""
    typed = clean_text(text).strip()
    day(typed[:10])
    try:
        read = datetime.fromisoformat(typed)
    except ValueError:
        raise Unreadable(
            f"{quoted(typed)} is not a date and time. Write it as 2016-04-30T14:30."
        ) from None
    return (read if read.tzinfo else read.replace(tzinfo=LONDON)).astimezone(UTC)


def in_years(read: date, first: int = FIRST_YEAR, last: int = LAST_YEAR) -> date:
    """`read`, unless its year must be a slip."""
    if not first <= read.year <= last:
        raise Unreadable(
            f"The year {read.year} cannot be right: check the year ({first} to {last} are taken)."
        )
    return read
