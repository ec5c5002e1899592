"""Adoption: two records of one child that nothing connects.

The record of the birth family ends; the adoptive family's is begun by itself, by whoever holds the
adoption file, with nothing taken from the other. No row, event, address or page says that the two
are one child, so nothing here can give it away. docs/hard-days.md says what the law keeps, where.
"""

from datetime import date

from django.db import transaction

from families.access.restriction_actions import restrict_family, restrict_person
from families.inputs import NewPerson
from families.models import Family, Person, Restriction
from families.people.actions import register_family
from leap.casework.life_events import rules
from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.exceptions import NotAllowed
from sites.bookings.actions import release_places


@transaction.atomic
def record_adoption(
    *, family: Family, child: Person, on: date, named: list[User], by: User
) -> None:
    """The child leaves the birth family on `on`, and what is known of them there is for the people
    named from now on. Nothing is due for them here any more, and their places are given back."""
    rules.check_can_end(family, by)
    member = rules.check_is_of(family, child, by)
    if not member.is_child or child.birth_date is None:
        raise NotAllowed("Only a child who has been born can be adopted.")
    release_places(person=child, by=by)
    member.left_on = on
    member.save(update_fields=["left_on"])
    if not child.restriction:
        restrict_person(person=child, family=family, kind=Restriction.ADOPTION, named=named, by=by)
    record("family.child_adopted", by=by, family_ref=family.ref)


@transaction.atomic
def register_adopted(
    *, name: str, people: list[NewPerson], lead_team: Team, named: list[User], by: User
) -> Family:
    """Begin the record of a family that has adopted a child: for the people named from its first
    moment, and with nothing in it but what is typed here."""
    # Nobody is looked for: what was there before must not be found.
    family = register_family(name=name, people=people, lead_team=lead_team, by=by, are_new=True)
    restrict_family(family=family, kind=Restriction.ADOPTION, named=named, by=by)
    return family
