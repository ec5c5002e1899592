"""How often somebody has asked for records in an emergency: opened ones and guesses alike."""

from datetime import timedelta

from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.audit.models import Event
from leap.core.exceptions import NotAllowed
from leap.core.locking import lock_until_commit

AT_MOST, WITHIN = 5, timedelta(hours=1)
OPENED, NOT_FOUND, HELD_UP = (
    "break_glass.opened",
    "break_glass.not_found",
    "break_glass.held_up",
)
TOO_OFTEN = (
    "You have asked for five records in an emergency within an hour, and a manager has been told."
    " If somebody is in danger, ring 999. Otherwise ring the safeguarding lead of your agency, or"
    " the council’s duty social worker for children. Try again in an hour."
)


class TooOften(NotAllowed):
    """Somebody has asked for more records in an emergency than any emergency takes."""


def check_not_too_often(user: User) -> None:
    """Five in an hour are more than any emergency takes: beyond that somebody is looking around.

    Until the transaction ends nobody else counts theirs: what this one writes is counted by them.
    """
    lock_until_commit("break-glass", user.pk)
    if attempts_within_the_hour(user, OPENED, NOT_FOUND) >= AT_MOST:
        raise TooOften(TOO_OFTEN)


def attempts_within_the_hour(user: User, *kinds: str) -> int:
    """How many events of these kinds there are of this practitioner in the last hour."""
    since = timezone.now() - WITHIN
    return Event.objects.filter(by_ref=str(user.ref), kind__in=kinds, at__gt=since).count()
