"""Taking apart what somebody typed into the box that finds families."""

import re
from dataclasses import dataclass, replace
from datetime import date

import nhs_number as numbers
from django.utils import timezone

from families.name_normalisation import normalise_name
from leap.core import parse
from leap.core.reference_data.postcodes import written_one_way

LONGEST = 200  # characters; what follows is not looked at
MOST_WORDS = 6

OUR_REF = re.compile(r"\bLB[- ]?([2-9A-HJ-NP-Z]{5})\b", re.IGNORECASE)
PERSON_REF = re.compile(r"\bP-([0-9A-Z]{4,16})\b", re.IGNORECASE)
BARE_REF = re.compile(r"(?=.*\d)(?=.*[A-Z])[2-9A-HJ-NP-Z]{5}", re.IGNORECASE)
NHS_NUMBER = re.compile(r"(?<![\d+])([1-9]\d{2})[ -]?(\d{3})[ -]?(\d{4})(?!\d)")
TELEPHONE = re.compile(r"(?<![\w/.-])(?:\+|\(?0|00)[\d ()./-]{4,20}\d(?!\w)")
DIGITS = re.compile(r"(?<![\w/.-])\d[\d -]{3,}\d(?!\w)")
MONTH = r"\d{1,2}|[a-z]{3,9}"
YEAR = r"\d{4}|\d{2}"
DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[/. -]+(?P<month>{MONTH})[/., -]+"
        rf"(?P<year>{YEAR})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})(?P<month>[a-z]{3,9})(?P<year>\d{4}|\d{2})(?!\d)",
        r"\b(?P<month>[a-z]{3,9})[ .]+(?P<day>\d{1,2})(?:st|nd|rd|th)?,? +(?P<year>\d{4})(?!\d)",
        r"(?<![\d+])(?P<day>\d{2})(?P<month>\d{2})(?P<year>(?:19|20)\d{2})(?!\d)",
    )
)
MONTH_OF = re.compile(
    r"(?<![\d/])\b(?P<month>[a-z]{3,9}|\d{1,2}(?=/))(?P<day>)[ /]+(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
POSTCODE = re.compile(
    r"\b(?:(?:[A-Z]{1,2}[0-9][A-Z0-9]?|[A-Z]{4})\s*[0-9][A-Z]{2}|BFPO\s*[1-9][0-9]{0,3})\b",
    re.IGNORECASE,
)
PART_OF_POSTCODE = re.compile(
    r"\b(?P<out>[A-Z]{1,2}[0-9][A-Z0-9]?)(?: +(?P<in>[0-9][A-Z]?))?\b", re.IGNORECASE
)
THEIR_REF = re.compile(r"(?=.*\d)[\w./-]{2,60}")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class SearchQuery:
    """What was typed, taken apart."""

    words: str = ""
    ref: str = ""
    person_ref: str = ""
    external_ref: str = ""
    nhs_number: str = ""
    postcode: str = ""
    part_of_postcode: str = ""
    telephone: str = ""  # digits, from the first after the 0 or the +44 on; or the last few
    born_on: date | None = None
    born_in: tuple[int, int] | None = None  # a year and a month

    def __bool__(self) -> bool:
        return any(vars(self).values())


def read(typed: str) -> SearchQuery:
    """Take apart what somebody typed into the box."""
    whole = parse.clean_text(typed).strip()[:LONGEST]
    query = SearchQuery(external_ref=whole if THEIR_REF.fullmatch(whole) else "")
    for take in (_refs, _days, _numbers, _places):
        query, whole = take(query, whole)
    return replace(query, words=" ".join(normalise_name(whole).split()[:MOST_WORDS]))


def _refs(query: SearchQuery, text: str) -> tuple[SearchQuery, str]:
    ours, rest = _take(OUR_REF, text)
    person, rest = _take(PERSON_REF, rest)
    if not ours and BARE_REF.fullmatch(text):
        return replace(query, ref=f"LB-{text.upper()}"), ""
    return replace(
        query,
        ref=f"LB-{ours[1].upper()}" if ours else "",
        person_ref=f"P-{person[1].upper()}" if person else "",
    ), rest


def _days(query: SearchQuery, text: str) -> tuple[SearchQuery, str]:
    for pattern in DATES:
        day, rest = _take(pattern, text)
        if day and (born_on := _date(day)):
            return replace(query, born_on=born_on), rest
    month, rest = _take(MONTH_OF, text)
    if month and (number := _month(month["month"])):
        return replace(query, born_in=(int(month["year"]), number)), rest
    return query, text


def _numbers(query: SearchQuery, text: str) -> tuple[SearchQuery, str]:
    """An NHS number where the digits add up to one; else a telephone number, or the end of one."""
    number, rest = _take(NHS_NUMBER, text)
    if number and numbers.is_valid("".join(number.groups())):
        return replace(query, nhs_number="".join(number.groups())), rest
    for pattern in (TELEPHONE, DIGITS):
        telephone, rest = _take(pattern, text)
        if telephone and len(digits := local_digits(telephone[0])) >= 5:
            return replace(query, telephone=digits), rest
    return query, text


def _places(query: SearchQuery, text: str) -> tuple[SearchQuery, str]:
    postcode, rest = _take(POSTCODE, text)
    if postcode:
        return replace(query, postcode=written_one_way(postcode[0])), rest
    part, rest = _take(PART_OF_POSTCODE, text)
    if part:
        begins = f"{part['out']} {part['in'] or ''}".upper()
        return replace(query, part_of_postcode=begins), rest
    return query, text


def local_digits(telephone: str) -> str:
    """The digits of a telephone number as it is dialled from nowhere: without 0, 0044 or +44."""
    digits = "".join(c for c in telephone if c.isdigit())
    for abroad in ("0044", "44") if telephone.lstrip().startswith(("+", "00")) else ():
        digits = digits.removeprefix(abroad)
    return digits.lstrip("0")


def _take(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """The first match, and the text without it."""
    match = pattern.search(text)
    return match, f"{text[: match.start()]} {text[match.end() :]}" if match else text


def _date(match: re.Match[str]) -> date | None:
    """The day, a year of two figures being the latest that people who are known can have."""
    month, year = _month(match["month"]), int(match["year"])
    if year < 100:
        year += 2000 if year + 2000 <= timezone.localdate().year + 1 else 1900
    try:
        return date(year, month or 0, int(match["day"]))
    except ValueError:
        return None


def _month(typed: str) -> int | None:
    if typed.isdigit():
        return int(typed) if 1 <= int(typed) <= 12 else None
    named = typed.lower()
    return next((n for n, month in enumerate(MONTHS, 1) if named.startswith(month)), None)
