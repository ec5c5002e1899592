"""Whom a practitioner is likely to visit today, to choose from before leaving."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from families.access import rules
from families.access.loading import working_teams
from families.contacts import follow_ups
from families.models import Family, Involvement
from families.models.families import FamilyQuerySet
from families.reviews.due import FamiliesWithDue, due_families
from leap.core.accounts.models import User
from leap.core.exceptions import NotAllowed
from sites.models import Booking

MOST = 20  # taken along at once: a day's visits, never a caseload
OFFERED = 60


@dataclass(frozen=True)
class Offered:
    """A family to take along, and why it may be today's."""

    family: Family
    reasons: list[str]
    is_chosen: bool


def families_offered(user: User, chosen: str = "") -> list[Offered]:
    """The families that `user` leads, those with something to do today first, and the `chosen`."""
    # By family, what calls for a visit today: the most pressing first.
    reasons: dict[str, list[str]] = defaultdict(list)
    for step in follow_ups.waiting_for(user, "mine").filter(due_on__lte=timezone.localdate()):
        reasons[step.family.ref].append(step.what)
    # Of the families that `user` leads.
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = (midnight, midnight + timedelta(days=1))
    bookings = (
        Booking.objects.visible_to(user).live().filter(session__during__startswith__range=today)
    )
    mine = bookings.filter(family__lead_practitioner=user)
    for booking in mine.select_related("family", "session__service").order_by("session__during"):
        reasons[booking.family.ref].append(f"Booked today: {booking.session.service}")
    for due in FamiliesWithDue(due_families(user, "mine"), by=user)[:OFFERED]:
        reasons[due.family_ref].append(f"{due.title}, {due.words}")
    wanted = [chosen, *reasons]
    known = {family.ref: family for family in families_to_take(user).filter(ref__in=wanted)}
    first = [known[ref] for ref in dict.fromkeys(wanted) if ref in known][:OFFERED]
    others = families_to_take(user).filter(lead_practitioner=user).exclude(ref__in=known)
    rest = list(others.order_by("name", "ref")[: OFFERED - len(first)])
    return [
        Offered(family, reasons[family.ref], family.ref == chosen) for family in [*first, *rest]
    ]


def families_to_take(user: User) -> FamilyQuerySet:
    """The open families that `user` works with, but for those that are for named people alone."""
    spells = Involvement.objects.live().filter(family=OuterRef("pk"), team__in=user.team_ids)
    families = Family.objects.visible_to(user).open()
    return families.filter(Exists(spells), restriction="")


def check_may_leave(family: Family, user: User) -> None:
    """Raises NotAllowed for a record that stays in LEAP, whoever reads it here."""
    rules.check_is_open(family)
    if family.restriction:
        raise NotAllowed(
            "This record is for named people only and does not leave LEAP. Read it before you go."
        )
    if not working_teams(family, user):
        raise NotAllowed(
            "Only families that your team works with can be taken along, not those opened in an"
            " emergency."
        )
