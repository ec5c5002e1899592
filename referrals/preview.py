"""What a receiving team sees of a family before it accepts: enough to decide, and no more."""

from dataclasses import dataclass

from django.db.models import F

from families.models import Family, Person, Residence
from leap.accounts.models import User
from leap.directory.models import LEAP_WARDS
from referrals.models import Referral


@dataclass(frozen=True)
class Preview:
    """Names and ages of the children, and the ward. No timeline, no address, no findings."""

    children: list[Person]
    ward: str


def preview_of(family: Family) -> Preview:
    members = family.members.current().children().select_related("person")
    living = [member.person for member in members if not member.person.died_on]
    return Preview(children=sorted(living, key=_youngest_last), ward=_ward(living))


def _youngest_last(person: Person) -> tuple[bool, str]:
    return person.is_unborn, str(person.birth_date or person.due_date or "")


def _ward(children: list[Person]) -> str:
    """Where the children live now, or else that nobody has said."""
    homes = Residence.objects.filter(person__in=children).select_related("postcode")
    latest = homes.order_by(F("moved_in_on").desc(nulls_last=True), "listed").first()
    if latest is None:
        return "not known"
    return LEAP_WARDS.get(latest.postcode.ward_2011, "outside the four wards")


def may_preview(referral: Referral, user: User) -> bool:
    """The receiver, for as long as it has an answer to give. After that its involvement decides."""
    return referral.is_unanswered and user.works_in(referral.to_team_id)
