"""How often somebody has asked for records in an emergency: opened ones and guesses alike."""

from datetime import timedelta

from django.utils import timezone

from leap.accounts.models import User
from leap.audit.models import Event
from leap.errors import NotAllowed

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


def check_not_too_often(user: User) -> None:
    """Five in an hour are more than any emergency takes: beyond that somebody is looking around."""
    if lately(user, OPENED, NOT_FOUND) >= AT_MOST:
        raise NotAllowed(TOO_OFTEN)


def lately(user: User, *kinds: str) -> int:
    """How many events of these kinds there are of this practitioner in the last hour."""
    since = timezone.now() - WITHIN
    return Event.objects.filter(by_ref=str(user.ref), kind__in=kinds, at__gt=since).count()
