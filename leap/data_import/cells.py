"""Reading one cell: its text to a value, or a sentence that says what is wrong with it."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, TypeVar

import nhs_number
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils import timezone

from leap.core import parse
from leap.core.reference_data.models import LEAP_WARDS
from leap.core.reference_data.postcodes import HOW, written_one_way

LONDON = parse.LONDON
NOON = time(12)


class RefusedCell(ValueError):
    """A cell that cannot be read. Its message is a sentence for whoever keeps the file."""


@dataclass(frozen=True)
class ClockTime:
    """When this import is running: nothing recorded can be later."""

    now: datetime
    today: date

    @classmethod
    def read(cls) -> "ClockTime":
        now = timezone.now()
        return cls(now, timezone.localdate(now))


Read = Callable[[str, ClockTime], Any]
Typed = TypeVar("Typed")


def on_one_line(text: str) -> str:
    """Text that came from a file, as a terminal can show it."""
    return "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))


shown = parse.quoted


def comma_separated(words: Iterable[object]) -> str:
    return ", ".join(str(word) for word in words)


def nearest_word_hint(text: str, known: Collection[str]) -> str:
    """A hint at the end of a sentence: the known word that was probably meant, if there is one."""
    close = get_close_matches(text, known, n=1)
    return f" Is {close[0]} meant?" if close else ""


def text(longest: int = 0, *, is_reference: bool = False) -> Read:
    """Text, cleaned; a reference as it is, since it has to be the same wherever it is named."""

    def read(cell: str, clock: ClockTime) -> str:
        cell = cell if is_reference else parse.clean_text(cell).strip()
        if longest and len(cell) > longest:
            raise RefusedCell(f"this has {len(cell)} characters; there is room for {longest}.")
        return cell

    return read


REFERENCE = text(60, is_reference=True)


def references(cell: str, clock: ClockTime) -> str:
    """References separated by semicolons, each once, in the order given."""
    refs = [ref.strip() for ref in cell.split(";")]
    return ";".join(dict.fromkeys(REFERENCE(ref, clock) for ref in refs if ref))


def code(cell: str, clock: ClockTime) -> str:
    """A code that can be part of an address: letters, digits, hyphens and underscores."""
    try:
        validate_slug(REFERENCE(cell, clock))
    except ValidationError:
        raise RefusedCell(
            f"{shown(cell)} is not a code: use letters, digits, hyphens and underscores only."
        ) from None
    return cell


def word(*allowed: str) -> Read:
    known = {word.lower(): word for word in allowed}

    def read(cell: str, clock: ClockTime) -> str:
        if (lower := cell.lower()) not in known:
            raise RefusedCell(
                f"{shown(cell)} is not one of {comma_separated(allowed)}."
                f"{nearest_word_hint(lower, known)}"
            )
        return known[lower]

    return read


def number(least: int, most: int) -> Read:
    def read(cell: str, clock: ClockTime) -> int:
        read = _readable(parse.whole, cell)
        if read < 0:
            raise RefusedCell(f"{shown(cell)} is not a whole number.")
        if not least <= read <= most:
            raise RefusedCell(f"{cell} is not between {least} and {most}.")
        return read

    return read


def _readable(read: Callable[[str], Typed], cell: str) -> Typed:
    try:
        return read(cell)
    except parse.Unreadable as problem:
        raise RefusedCell(str(problem)) from None


@lru_cache(maxsize=65536)
def _day(cell: str) -> date:
    return _readable(parse.day, cell)


def any_day(cell: str, clock: ClockTime) -> date:
    """A date, which may lie ahead."""
    return _day(cell)


def past_day(cell: str, clock: ClockTime) -> date:
    """A date that is not in the future."""
    day = _day(cell)
    if day > clock.today:
        raise RefusedCell(f"{cell} is in the future.")
    return day


def is_bare_day(cell: str) -> bool:
    """Whether a moment was given as a day alone."""
    return len(cell) == 10


def any_moment(cell: str, clock: ClockTime) -> datetime:
    """A date and time, which may lie ahead. Without an offset it is London time; a day is its noon.

    Of the hour that comes twice in autumn the first is meant.
    """
    day = _day(cell[:10])
    if is_bare_day(cell):
        return datetime.combine(day, NOON, LONDON).astimezone(UTC)
    return _readable(parse.moment, cell)


def past_moment(cell: str, clock: ClockTime) -> datetime:
    """A date and time that is not in the future; a bare day may be today."""
    moment = any_moment(cell, clock)
    ahead = moment.date() > clock.today if is_bare_day(cell) else moment > clock.now
    if ahead:
        raise RefusedCell(f"{cell} is in the future.")
    return moment


def yes_or_no(cell: str, clock: ClockTime) -> str:
    answer = {"yes": "yes", "true": "yes", "1": "yes", "no": "no", "false": "no", "0": "no"}
    try:
        return answer[cell.lower()]
    except KeyError:
        raise RefusedCell(f"{shown(cell)} is neither yes nor no.") from None


def nhs(cell: str, clock: ClockTime) -> str:
    """An NHS number as its ten digits, however it is spaced."""
    if re.fullmatch(r'[0-9]{10}\.0+|="?[0-9]{10}"?|\'[0-9]{10}', cell):
        raise RefusedCell(
            f"{shown(cell)} is how a spreadsheet writes an NHS number that it takes for something"
            " else. Format the column as text, and export it again."
        )
    digits = "".join(cell.split()).replace("-", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) != 10:
        raise RefusedCell(f"{shown(cell)} is not an NHS number, which has ten digits.")
    if nhs_number.calculate_checksum(digits[:9]) != int(digits[9]):
        raise RefusedCell(f"{shown(cell)} has a wrong check digit: a digit is mistyped.")
    return digits


def postcode(cell: str, clock: ClockTime) -> str:
    written = written_one_way(cell)
    if not written:
        raise RefusedCell(f"{shown(cell)} is not a postcode. {HOW}")
    return written


def area(cell: str, clock: ClockTime) -> str:
    """A GSS code: a letter and eight digits."""
    if not re.fullmatch(r"[A-Z][0-9]{8}", cell, re.ASCII):
        raise RefusedCell(f"{shown(cell)} is not an area code such as E05000429.")
    return cell


def wards(cell: str, clock: ClockTime) -> str:
    """Ward codes separated by semicolons; LEAP's four may be named instead."""
    named = {name.lower(): code for code, name in LEAP_WARDS.items()}
    names = (ward.strip() for ward in cell.split(";"))
    return ";".join(named.get(ward.lower()) or area(ward, clock) for ward in names if ward)


def pathway(cell: str, clock: ClockTime) -> str:
    """A pathway's name in the one way names are compared: lower case, hyphens."""
    return "-".join(REFERENCE(cell, clock).lower().replace("_", " ").replace("-", " ").split())
