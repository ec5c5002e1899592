"""Who works here still. Raise a sentence; change nothing."""

from leap.core.accounts.models import User
from leap.core.exceptions import Conflict


def check_still_here(user: User | None) -> None:
    """Whether somebody whom this transaction names, as lead or on a referral, is not just leaving.

    Their row is held from here on, and closing an account needs it: whoever is second waits, and
    then finds what the first has done.
    """
    if user is None:
        return
    here = User.objects.filter(pk=user.pk, is_active=True).select_for_update(no_key=True)
    if not here.exists():
        raise Conflict(f"{user} has just left. Choose somebody else.")
