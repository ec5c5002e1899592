"""Giving families a lead practitioner: one of them, or many at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from families.access.allocation_actions import allocate_family
from families.models import Family
from leap.casework.allocation import queries
from leap.core.accounts.models import User
from leap.core.exceptions import Conflict, NotAllowed
from referrals.transitions.caseload_transfer_actions import follow_lead


@dataclass(frozen=True)
class RefusedAllocation:
    """Why one of many was left as it was, and whether that is because somebody was first."""

    why: str
    was_first: bool


@transaction.atomic
def allocate(*, family: Family, practitioner: User, instead_of: User | None, by: User) -> None:
    """Make `practitioner` lead practitioner, and put them on the handover that left it open."""
    with queries.as_far_as_needed(by):
        allocate_family(family=family, practitioner=practitioner, instead_of=instead_of, by=by)
        follow_lead(family=family, practitioner=practitioner, instead_of=instead_of, by=by)


@transaction.atomic
def allocate_many(
    *, chosen: Mapping[str, User | None], practitioner: User, by: User
) -> dict[str, RefusedAllocation | None]:
    """Give `practitioner` each of these families that is led as it was shown: `chosen` says by
    whom, for each reference. What cannot be given is said, and does not keep the others."""
    queries.check_allocates(by)
    with queries.as_far_as_needed(by):
        families = list(
            queries.to_allocate(by)
            .filter(ref__in=chosen)
            .select_related("lead_team", "lead_practitioner")
            .order_by("pk")
        )
    results = {
        family.ref: _give(family, practitioner, chosen[family.ref], by) for family in families
    }
    gone = RefusedAllocation("It is closed, or no longer led by a team of yours.", was_first=True)
    return {ref: results.get(ref, gone) for ref in chosen}


def _give(family: Family, to: User, instead_of: User | None, by: User) -> RefusedAllocation | None:
    try:
        with transaction.atomic():
            allocate(family=family, practitioner=to, instead_of=instead_of, by=by)
    except Conflict as first:
        return RefusedAllocation(str(first), was_first=True)
    except NotAllowed as refused:
        return RefusedAllocation(str(refused), was_first=False)
    return None
