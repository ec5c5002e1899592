"""Finding a family from whatever somebody remembers of it.

One box takes a name (either order, misspelt, accents or not), a date of birth, an NHS number, a
postcode, our reference or an agency's, in any mixture: "okafor 20/1/2026". What is looked through
is what the reader may see, and nothing else, so the answer costs the same however many families
there are.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, F, FloatField, Max, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest, Lower
from django.db.models.lookups import GreaterThanOrEqual

from families.models import Family, withheld
from families.models.people import open_to
from families.names import plain
from leap.accounts.models import User
from leap.directory.models import tidy_postcode

AT_MOST = 100  # more than anybody reads; they add a word instead
LONGEST = 200  # characters; what follows is not looked at
ALIKE = 0.4  # Okafur is 0.57 like Okafor; Ada Mensah is 0.36 like Ada Okafor
CERTAIN = 2.0

OUR_REF = re.compile(r"\bLB[- ]?([2-9A-HJ-NP-Z]{5})\b", re.IGNORECASE)
NHS_NUMBER = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\d)")
ISO_DATE = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
UK_DATE = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?[/. -]+(?P<month>\d{1,2}|[a-z]{3,9})[/., -]+"
    r"(?P<year>\d{4}|\d{2})(?!\d)",
    re.IGNORECASE,
)
POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)
PERSON = "members__person"
THEIR_REF = re.compile(r"(?=.*\d)[\w./-]{2,60}")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Sought:
    """What was typed, taken apart."""

    words: str = ""
    ref: str = ""
    their_ref: str = ""
    nhs_number: str = ""
    postcode: str = ""
    born_on: date | None = None

    def __bool__(self) -> bool:
        return any(vars(self).values())


def read(typed: str) -> Sought:
    """Take apart what somebody typed into the box."""
    typed = typed.replace("\x00", "").strip()[:LONGEST]
    ref, rest = _take(OUR_REF, typed)
    nhs_number, rest = _take(NHS_NUMBER, rest)
    born_on, rest = _take_date(rest)
    postcode, rest = _take(POSTCODE, rest)
    return Sought(
        words=plain(rest),
        ref=f"LB-{ref[1].upper()}" if ref else "",
        their_ref=typed if THEIR_REF.fullmatch(typed) else "",
        nhs_number="".join(nhs_number.groups()) if nhs_number else "",
        postcode=tidy_postcode(postcode[0]) if postcode else "",
        born_on=born_on,
    )


def _take(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """The first match, and the text without it."""
    found = pattern.search(text)
    return found, f"{text[: found.start()]} {text[found.end() :]}" if found else text


def _take_date(text: str) -> tuple[date | None, str]:
    for pattern in (ISO_DATE, UK_DATE):
        found, rest = _take(pattern, text)
        if found and (day := _date(found)):
            return day, rest
    return None, text


def _date(found: re.Match[str]) -> date | None:
    month, year = found["month"].lower(), int(found["year"])
    try:
        number = int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1
        return date(year + 2000 if year < 100 else year, number, int(found["day"]))
    except ValueError:
        return None


def search(sought: Sought, *, user: User) -> list[Family]:
    """The families `user` may see that fit, the best first, with the people who `matched`.

    One statement, AT_MOST families. Each is given `likeness` and `matched`, the keys of persons.
    """
    if not sought:
        return []
    exact = _exact(sought, user)
    found = (
        Family.objects.visible_to(user)
        .filter(exact | _together(sought, user) if exact else _together(sought, user))
        .annotate(
            likeness=Max(_likeness(sought, exact, user)),
            matched=ArrayAgg(
                "members__person",
                filter=_is_alike(sought, exact, user),
                distinct=True,
                default=Value([]),
            ),
        )
        .filter(likeness__gte=ALIKE)
        .select_related("lead_team", "lead_practitioner")
        .order_by(
            F("likeness").desc(), "closed_at", F("last_contact_at").desc(nulls_last=True), "ref"
        )
    )
    return list(found[:AT_MOST])


def _exact(sought: Sought, user: User) -> Q:
    """An agency's own reference, of the family or of a person in it."""
    if not sought.their_ref:
        return Q()
    family = Q(source_ref__iexact=sought.their_ref)
    theirs = Q(members__person__source_ref__iexact=sought.their_ref)
    return family | (theirs & open_to(user, PERSON))


def _together(sought: Sought, user: User) -> Q:
    """What has to hold of one and the same person, names apart."""
    wanted = Q(ref=sought.ref) if sought.ref else Q()
    if sought.nhs_number:
        wanted &= Q(members__person__nhs_number=sought.nhs_number)
    if sought.born_on:
        born = Q(members__person__birth_date=sought.born_on)
        wanted &= born | Q(members__person__due_date=sought.born_on)
    if sought.postcode:
        wanted &= _lives_at(sought.postcode, user)
    about_somebody = sought.nhs_number or sought.born_on or sought.postcode
    return wanted & open_to(user, PERSON) if about_somebody else wanted


def _lives_at(postcode: str, user: User) -> Q:
    """At a postcode; one that is shielded from this reader finds nobody."""
    covered = withheld.from_reader(user).postcodes
    there = Q(members__person__residences__postcode__postcode=postcode)
    return there & ~Q(members__person__residences__postcode__in=covered) if covered else there


def _likeness(sought: Sought, exact: Q, user: User) -> Combinable:
    if not sought.words:
        return Value(CERTAIN, output_field=FloatField())
    of_person = Case(When(open_to(user, PERSON), then=_of_person(sought)), default=Value(0.0))
    alike = Greatest(of_person, TrigramWordSimilarity(sought.words, Lower("name")))
    return Case(When(exact, then=Value(CERTAIN)), default=alike) if exact else alike


def _is_alike(sought: Sought, exact: Q, user: User) -> Q:
    if not sought.words:
        return Q(members__person__isnull=False) & open_to(user, PERSON)
    alike = Q(GreaterThanOrEqual(_of_person(sought), ALIKE))
    return (alike | exact if exact else alike) & open_to(user, PERSON)


def _of_person(sought: Sought) -> TrigramWordSimilarity:
    return TrigramWordSimilarity(sought.words, "members__person__sought_as")
