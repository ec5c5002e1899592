"""People who may already be known, before they are registered a second time.

Somebody in a family that the reader can see is shown, with the reason. Of a family that they
cannot see it is said only that a record may exist, and only where what was typed names somebody
exactly: an NHS number, or a whole name with a date of birth. A record that is kept for named people
does not exist here.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import GreaterThanOrEqual

from families import nicknames
from families.entries import NewPerson
from families.models import Family, Member, Person
from families.names import plain, sought_as
from leap.accounts.models import User
from leap.wall import past

ALIKE = 0.4
AT_MOST = 10


@dataclass(frozen=True)
class Alike:
    """Somebody on record who may be one of the people just typed, and why."""

    member: Member
    reason: str


def possible(people: list[NewPerson], *, user: User) -> list[Alike]:
    """Those on record with the same NHS number, or born on the same day with a similar name."""
    wanted = [_like(person) for person in people if person.nhs_number or person.birth_date]
    if not wanted:
        return []
    found = (
        Member.objects.visible_to(user)
        .filter(person__in=_keys(people, reduce(or_, wanted)))
        .select_related("family__lead_team", "person")
        .order_by("family__closed_at", "pk")
    )
    numbers = {person.nhs_number for person in people if person.nhs_number}
    return [Alike(member, _reason(member, numbers)) for member in found[:AT_MOST]]


def elsewhere(people: list[NewPerson], *, user: User) -> list[Family]:
    """Families that the reader cannot see and in which one of these people is already, exactly.

    To be told apart from nothing, and for nothing else: neither name nor team may be shown.
    """
    wanted = [exact for person in people if (exact := _exactly(person))]
    if not wanted:
        return []
    mine = Family.objects.visible_to(user).filter(pk=OuterRef("family"))
    with past("that somebody is known to another team keeps them from being registered twice"):
        known = Member.objects.current().filter(
            ~Exists(mine),
            person__in=_keys(people, reduce(or_, wanted)),
            person__restriction="",
            family__restriction="",
        )
        theirs = list(known.values_list("family", flat=True))
        families = Family.objects.open().filter(pk__in=theirs).order_by("pk")
        return list(families.select_related("lead_team", "lead_practitioner")[:AT_MOST])


def _keys(people: list[NewPerson], such: Q) -> list[int]:
    """Of the persons who fit. Looked up by number and day of birth first: these alone have indexes
    that row-level security lets be used, and there are a million people to look through."""
    numbers = [person.nhs_number for person in people if person.nhs_number]
    days = [person.birth_date for person in people if person.birth_date]
    near = Person.objects.filter(Q(nhs_number__in=numbers) | Q(birth_date__in=days))
    return list(near.filter(such).values_list("pk", flat=True))


def _exactly(person: NewPerson) -> Q:
    number = Q(nhs_number=person.nhs_number) if person.nhs_number else Q()
    if not (person.birth_date and person.given_name and person.family_name):
        return number
    name = sought_as(person.given_name, person.family_name)
    return number | Q(birth_date=person.birth_date, sought_as=name)


def _like(person: NewPerson) -> Q:
    number = Q(nhs_number=person.nhs_number) if person.nhs_number else Q()
    if not person.birth_date:
        return number
    name = sought_as(person.given_name, person.family_name)
    similar = Q(GreaterThanOrEqual(TrigramSimilarity("sought_as", name), ALIKE))
    forms = {form for word in plain(person.given_name).split() for form in nicknames.others(word)}
    if forms:
        similar |= Q(sought_as__regex=rf"\m({'|'.join(sorted(forms))})\M")
    return number | (Q(birth_date=person.birth_date) & similar)


def _reason(member: Member, numbers: set[str]) -> str:
    if member.person.nhs_number in numbers:
        return "has the same NHS number"
    return "was born on the same day and has a similar name"
