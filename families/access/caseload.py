"""How much each practitioner of a team has on their hands: children weighted by need.

A count would say that three toddlers doing well are more than a newborn on a protection plan. The
weights are few and stand on the page beside the numbers.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from families.models import Family, Involvement, Member
from leap.core.accounts.models import Membership, User
from leap.core.accounts.permissions import Discipline
from leap.core.rls.session import bypass_rls

WITH_SOCIAL_WORK, INFANT, ANY_CHILD = 4, 2, 1
WEIGHTS = (
    ("a child in a family that social work is working with", WITH_SOCIAL_WORK),
    ("an unborn baby, or a child under one", INFANT),
    ("any other child", ANY_CHILD),
)


@dataclass(frozen=True)
class Caseload:
    """One practitioner, the children in the families they lead, and what those weigh."""

    practitioner: User
    children: int
    weight: int
    families: int = 0

    def __str__(self) -> str:
        families = f"leads {self.families} famil{'y' if self.families == 1 else 'ies'}"
        children = f"{self.children} child{'' if self.children == 1 else 'ren'}"
        return f"{self.practitioner}: {families}, load {self.weight} ({children})"


def caseloads_of(team_ids: list[int], today: date) -> list[Caseload]:
    """Everybody who works in these teams today, the least loaded first."""
    in_teams = Membership.objects.live().filter(team__in=team_ids).values("user")
    # How many children are in the families that the outer practitioner leads, and their weight.
    social = Involvement.objects.live().filter(
        family=OuterRef("family"), team__discipline=Discipline.SOCIAL_WORK
    )
    a_year_ago = date(today.year - 1, today.month, min(today.day, 28))
    weight = Case(
        When(Exists(social), then=Value(WITH_SOCIAL_WORK)),
        When(Q(person__birth_date__gt=a_year_ago) | Q(role=Member.Role.UNBORN), then=Value(INFANT)),
        default=Value(ANY_CHILD),
        output_field=IntegerField(),
    )
    children = (
        Member.objects.current()
        .children()
        .filter(person__died_on=None, family__closed_at=None)
        .filter(family__lead_practitioner=OuterRef("pk"))
    )
    weighed: QuerySet[Member, Any] = children.annotate(each=weight).values(
        "family__lead_practitioner"
    )
    theirs = weighed.annotate(children=Count("pk"), weight=Sum("each")).order_by()
    # How many families the outer practitioner leads.
    led = Family.objects.open().filter(lead_practitioner=OuterRef("pk"))
    people = User.objects.filter(pk__in=in_teams, is_active=True).annotate(
        children=Coalesce(Subquery(theirs.values("children")), 0),
        weight=Coalesce(Subquery(theirs.values("weight")), 0),
        families=Coalesce(
            Subquery(
                led.order_by().values("lead_practitioner").annotate(many=Count("pk")).values("many")
            ),
            0,
        ),
    )
    with bypass_rls("a load counts all that somebody leads, in whichever team, and names nobody"):
        loads = [
            Caseload(
                practitioner, practitioner.children, practitioner.weight, practitioner.families
            )
            for practitioner in people
        ]
    return sorted(loads, key=lambda load: (load.weight, load.practitioner.name))
