"""How much each practitioner of a team has on their hands: children weighted by need.

A count would say that three toddlers doing well are more than a newborn on a protection plan. The
weights are few and stand on the page beside the numbers.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Sum, Value, When

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
    """Everybody who works in these teams today, the least loaded first."""
    in_teams = Membership.objects.live().filter(team__in=team_ids).values("user")
    people = list(User.objects.filter(pk__in=in_teams, is_active=True))
    found = {row["family__lead_practitioner"]: row for row in _weighed(people, today)}
    loads = [
        Load(each, row.get("children", 0), row.get("weight", 0))
        for each in people
        for row in (found.get(each.pk, {}),)
    ]
    return sorted(loads, key=lambda load: (load.weight, load.practitioner.name))


def _weighed(people: list[User], today: date) -> list[Any]:
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
        .filter(person__died_on=None, family__closed_at=None, family__lead_practitioner__in=people)
    )
    weighed = children.annotate(each=weight).values("family__lead_practitioner")
    return list(weighed.annotate(children=Count("pk"), weight=Sum("each")).order_by())
