"""What a receiving team sees of a family before it accepts: enough to decide, and no more."""

from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from families.models import Family, Person, Residence
from families.models.shielded_addresses import in_family
from leap.core.accounts.models import User
from leap.core.rls.session import bypass_rls
from referrals.models import Referral


@dataclass(frozen=True)
class Preview:
    """Names and ages of the children, and the ward. No timeline, no address, no findings."""

    children: list[Person]
    ward: str


def preview_of(family: Family, user: User) -> Preview:
    """The children that `user` may see; a ward that would give a shielded address away is not."""
    members = family.members.current().children().open_to(user).select_related("person")
    living = [member.person for member in members if not member.person.died_on]
    children = sorted(
        living,
        key=lambda person: (person.is_unborn, str(person.birth_date or person.due_date or "")),
    )
    return Preview(children=children, ward=_ward(family, living))


def _ward(family: Family, children: list[Person]) -> str:
    """Where the children live now, or else that nobody has said."""
    moved = Q(moved_in_on=None) | Q(moved_in_on__lte=timezone.localdate())
    homes = Residence.objects.filter(moved, person__in=children).select_related("postcode")
    with bypass_rls(
        "who decides on a referral reads the ward, and nothing else of where they live"
    ):
        latest = homes.order_by(F("moved_in_on").desc(nulls_last=True), "listed", "pk").first()
    if latest is None:
        return "not known"
    if latest.postcode_id in in_family(family.pk).postcodes:
        return "withheld"
    return latest.postcode.ward_name if latest.postcode.ward_2011 else "not known"


def may_preview(referral: Referral, user: User) -> bool:
    """The receiver, for as long as it has an answer to give. After that its involvement decides."""
    return (
        not referral.family.restriction
        and referral.is_unanswered
        and user.works_in(referral.to_team_id)
    )
