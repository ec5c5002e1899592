"""Who must show a second factor."""

from django.conf import settings

from leap.accounts.models import User
from leap.errors import NotAllowed


def must_have_second_factor(user: User) -> bool:
    """Managers of a team and the programme's admins, wherever a second factor is required."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return user.is_admin or bool(user.managed_team_ids)


def can_remove_second_factor(user: User) -> None:
    """Raises NotAllowed for those who must have one: they can set up another in its place."""
    if must_have_second_factor(user):
        raise NotAllowed(
            "Managers and admins sign in with a second step. You can set up another in its place."
        )
