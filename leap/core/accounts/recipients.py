"""Who runs a team or the programme: to be told of something, or to answer for it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from leap.core.accounts.models import Membership, Team, User
from leap.core.accounts.permissions import Capability, programme_roles_with, team_roles_with


def managers_queryset(teams: Iterable[int | None] | QuerySet[Team]) -> QuerySet[User]:
    """Those who answer for one of these teams today: once for each that they answer for."""
    answering = Membership.objects.live().filter(
        team__in=teams, role__in=team_roles_with(Capability.LEAD_TEAM)
    )
    return User.objects.filter(is_active=True, memberships__in=answering)


def managers_of(team_ids: Iterable[int | None]) -> list[User]:
    """The managers of these teams today."""
    return list(managers_queryset(list(team_ids)).distinct().order_by("email"))


def admins() -> QuerySet[User]:
    """Those who run the programme."""
    roles = programme_roles_with(Capability.ADMINISTER)
    return User.objects.filter(is_active=True, programme_role__in=roles)


def programme_admins() -> list[User]:
    return list(admins().order_by("email"))
