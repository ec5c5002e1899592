"""Who must show a second factor."""

from django.conf import settings

from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import NotAllowed


def must_have_second_factor(user: User) -> bool:
    """Managers of a team and the programme's admins, wherever a second factor is required."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return user.needs_second_factor


def check_resets_second_factor(user: User, by: User | None) -> None:
    """Raises NotAllowed unless `by` is an admin, and not the one whose it is. None: the console."""
    if by is None:
        return
    if not by.can_everywhere(Capability.ADMINISTER):
        raise NotAllowed("Only the programme’s admins can do this.")
    if by == user:
        raise NotAllowed("For your own, use your account page, or ask another admin.")


def can_remove_second_factor(user: User) -> None:
    """Raises NotAllowed for those who must have one: they can set up another in its place."""
    if must_have_second_factor(user):
        raise NotAllowed(
            "Managers and admins sign in with a second step. You can set up another in its place."
        )
