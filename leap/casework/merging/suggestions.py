"""Records that may be of one person, among those that a practitioner can see.

A suggestion, never more: nothing is merged but by somebody who has looked at both. Twins have a
birthday, a surname and a home in common, and cousins a name: neither is suggested for that alone.
"""

from dataclasses import dataclass

from families.models import Person, Restriction
from families.models.shielded_addresses import withheld_from
from families.people import pairing
from families.people.likeness import Likeness
from families.people.match_details import described
from leap.casework.merging import rules
from leap.core.accounts.models import User

AT_MOST = 50


@dataclass(frozen=True)
class SuggestedPair:
    """Two records, and in a sentence why they may be of one person."""

    one: Person
    other: Person
    reason: str
    is_likely: bool


def pairs(user: User) -> list[SuggestedPair]:
    """The likely ones first."""
    seen = Person.objects.visible_to(user).filter(restriction=Restriction.NONE)
    people = seen.in_bulk()
    known = described(set(people), withheld_from(user))
    suggestions = [
        _pair(people[match.one], people[match.other], match.likeness)
        for match in pairing.pairs(known)
        if match.likeness.by_number
        or (known[match.one].given and known[match.other].given)  # twins
    ]
    likely = sorted(suggestions, key=lambda pair: (not pair.is_likely, pair.one.pk, pair.other.pk))
    return likely[:AT_MOST]


def _pair(one: Person, other: Person, likeness: Likeness) -> SuggestedPair:
    same_day = bool(one.birth_date) and one.birth_date == other.birth_date
    if likeness.by_number:
        if same_day and rules.same_given_name(one, other):
            return SuggestedPair(one, other, "the same NHS number, name and date of birth", True)
        reason = "the same NHS number, but another name or date of birth: one may have the other’s"
        return SuggestedPair(one, other, reason, False)
    if same_day and rules.same_given_name(one, other):
        return SuggestedPair(
            one, other, "born on the same day, with the same or nearly the same name", True
        )
    return SuggestedPair(one, other, ", ".join(likeness.reasons), True)
