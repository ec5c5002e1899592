"""Records that may be of one person, among those that a practitioner can see.

A suggestion, never more: nothing is merged but by somebody who has looked at both. Twins have a
birthday, a surname and a home in common, and cousins a name: neither is suggested for that alone.
"""

from dataclasses import dataclass

from django.db import connection

from families.models import Person, Restriction
from leap.accounts.models import User
from leap.merging import rules

AT_MOST = 50

# Each half is an equal join, so that the pairs are found in one pass over the people.
PAIRS = """
SELECT one.id, other.id
  FROM families_person AS one
  JOIN families_person AS other ON other.nhs_number = one.nhs_number AND other.id > one.id
 WHERE one.nhs_number <> '' AND one.id = ANY(%(keys)s) AND other.id = ANY(%(keys)s)
UNION
SELECT one.id, other.id
  FROM families_person AS one
  JOIN families_person AS other ON other.birth_date = one.birth_date AND other.id > one.id
 WHERE similarity(one.sought_as, other.sought_as) > 0.2
   AND one.id = ANY(%(keys)s) AND other.id = ANY(%(keys)s)
"""


@dataclass(frozen=True)
class Pair:
    """Two records, and in a sentence why they may be of one person."""

    one: Person
    other: Person
    reason: str
    is_likely: bool


def pairs(user: User) -> list[Pair]:
    """The likely ones first."""
    seen = Person.objects.visible_to(user).filter(restriction=Restriction.NONE)
    people = seen.in_bulk()
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"keys": list(people)})
        found = [_judge(people[one], people[other]) for one, other in cursor.fetchall()]
    likely = sorted(filter(None, found), key=lambda pair: (not pair.is_likely, pair.one.pk))
    return likely[:AT_MOST]


def _judge(one: Person, other: Person) -> Pair | None:
    if _are_two(one, other):
        return None
    same_day = bool(one.birth_date) and one.birth_date == other.birth_date
    if one.nhs_number and one.nhs_number == other.nhs_number:
        return _by_number(one, other, same_day)
    if not (one.given_name and other.given_name and rules.same_given_name(one, other)):
        return None  # twins
    return Pair(one, other, "born on the same day, with the same or nearly the same name", True)


def _are_two(one: Person, other: Person) -> bool:
    numbers = one.nhs_number and other.nhs_number and one.nhs_number != other.nhs_number
    sexes = {one.sex, other.sex} == {Person.Sex.FEMALE, Person.Sex.MALE}
    return bool(numbers) or sexes


def _by_number(one: Person, other: Person, same_day: bool) -> Pair:
    if same_day and rules.same_given_name(one, other):
        return Pair(one, other, "the same NHS number, name and date of birth", True)
    reason = "the same NHS number, but another name or date of birth: one may have the other’s"
    return Pair(one, other, reason, False)
