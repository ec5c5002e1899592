"""Who runs a team or the programme, to be told of something."""

from collections.abc import Iterable

from leap.core.accounts.models import Membership, User


def managers_of(team_ids: Iterable[int | None]) -> list[User]:
    """The managers of these teams today."""
    managing = Membership.objects.live().filter(
        team__in=list(team_ids), role=Membership.Role.MANAGER
    )
    found = User.objects.filter(is_active=True, memberships__in=managing)
    return list(found.distinct().order_by("email"))


def programme_admins() -> list[User]:
    """Those who run the programme."""
    role = User.ProgrammeRole.ADMIN
    return list(User.objects.filter(is_active=True, programme_role=role).order_by("email"))
