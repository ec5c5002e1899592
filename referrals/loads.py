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

from families.models import Involvement, Member
from leap.accounts.models import Discipline, Membership, User

WITH_SOCIAL_WORK, INFANT, ANY_CHILD = 4, 2, 1
WEIGHTS = (
    ("a child in a family that social work is working with", WITH_SOCIAL_WORK),
    ("an unborn baby, or a child under one", INFANT),
    ("any other child", ANY_CHILD),
)


@dataclass(frozen=True)
class Load:
    """One practitioner, the children in the families they lead, and what those weigh."""

    practitioner: User
    children: int
    weight: int

    def __str__(self) -> str:
        children = f"{self.children} child{'' if self.children == 1 else 'ren'}"
        return f"{self.practitioner}: load {self.weight} ({children})"


def loads_of(team_ids: list[int], today: date) -> list[Load]:
    """Everybody who works in these teams today, the least loaded first; one query."""
    in_teams = Membership.objects.live().filter(team__in=team_ids).values("user")
    theirs = _weighed(today)
    people = User.objects.filter(pk__in=in_teams, is_active=True).annotate(
        children=Coalesce(Subquery(theirs.values("children")), 0),  # type: ignore[misc]
        weight=Coalesce(Subquery(theirs.values("weight")), 0),  # type: ignore[misc]
    )
    loads = [Load(each, each.children, each.weight) for each in people]
    return sorted(loads, key=lambda load: (load.weight, load.practitioner.name))


def _weighed(today: date) -> "QuerySet[Member, Any]":
    """How many children are in the families that the outer practitioner leads, and their weight."""
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
    return weighed.annotate(children=Count("pk"), weight=Sum("each")).order_by()
