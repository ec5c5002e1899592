"""How much a receiving team has on its hands, for whoever is about to send it more."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from leap.core.accounts.models import Membership, Team
from leap.core.reference_data.models import LEAP_WARDS
from leap.core.rls.session import bypass_rls
from referrals.models import TAKEN_ON, TO_ANSWER, Referral


@dataclass(frozen=True)
class Capacity:
    """One team: what waits for it, what it works on, and how many people it has."""

    team: Team
    waiting: int
    working: int
    people: int


def capacity_of(teams: QuerySet[Team]) -> list[Capacity]:
    """Each of these teams with what it has; counts alone, of work others may not read."""
    received = Referral.objects.filter(to_team=OuterRef("pk")).order_by().values("to_team")
    counted = received.annotate(
        waiting=Count("pk", filter=Q(status__in=TO_ANSWER)),
        working=Count("pk", filter=Q(status__in=TAKEN_ON)),
    )
    people = Membership.objects.live().filter(team=OuterRef("pk"), user__is_active=True)
    held = people.order_by().values("team").annotate(number=Count("user")).values("number")
    with bypass_rls("how much other teams have on their hands, in numbers alone"):
        counted_teams = list(
            teams.annotate(
                waiting=Coalesce(Subquery(counted.values("waiting")), 0),
                working=Coalesce(Subquery(counted.values("working")), 0),
                people=Coalesce(Subquery(held), 0),
            ).order_by("name")
        )
    return [Capacity(team, team.waiting, team.working, team.people) for team in counted_teams]


def nearest_team(teams: QuerySet[Team], ward: str) -> Team | None:
    """The one of these teams that takes new work and covers a ward, by its name; where none does,
    the only one there is. None where that leaves a choice."""
    able = list(teams.filter(intake_paused_at=None))
    near = [team for team in able if ward in map(LEAP_WARDS.get, team.ward_codes)]
    likely = near or able
    return likely[0] if len(likely) == 1 else None
