"""People who may already be known, before they are registered a second time.

Only families that the reader can see are looked through: what they cannot see is not hinted at.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q
from django.db.models.lookups import GreaterThanOrEqual

from families.entries import NewPerson
from families.models import Member
from families.names import sought_as
from leap.accounts.models import User

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
        .filter(reduce(or_, wanted))
        .select_related("family__lead_team", "person")
        .order_by("family__closed_at", "pk")
    )
    numbers = {person.nhs_number for person in people if person.nhs_number}
    return [Alike(member, _reason(member, numbers)) for member in found[:AT_MOST]]


def _like(person: NewPerson) -> Q:
    number = Q(person__nhs_number=person.nhs_number) if person.nhs_number else Q()
    if not person.birth_date:
        return number
    name = sought_as(person.given_name, person.family_name)
    similar = GreaterThanOrEqual(TrigramSimilarity("person__sought_as", name), ALIKE)
    return number | (Q(person__birth_date=person.birth_date) & Q(similar))


def _reason(member: Member, numbers: set[str]) -> str:
    if member.person.nhs_number in numbers:
        return "has the same NHS number"
    return "was born on the same day and has a similar name"
