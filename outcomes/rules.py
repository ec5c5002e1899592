"""Who may see figures, who may see them exactly, and what a night can be asked for."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import NotAllowed
from outcomes.indicators import INDICATORS
from outcomes.periods import Period


def check_can_see(user: User) -> None:
    """Figures are for practitioners, managers and the programme, not for champions."""
    if not user.can(Capability.SEE_FIGURES):
        raise NotAllowed(
            "Outcomes are for practitioners and the programme’s staff. Ask the programme office if"
            " you need a figure for your work."
        )


def can_see_exact(user: User) -> bool:
    """Exact figures are for those who check them."""
    return user.can(Capability.SEE_EXACT_FIGURES)


def check_can_see_exact(user: User) -> None:
    if not can_see_exact(user):
        raise NotAllowed("Only the programme’s admins and analysts can see exact figures.")


def check_can_begin(as_at: date, periods: Sequence[Period], indicators: Sequence[str]) -> None:
    """A night looks at days that have come, and at indicators that exist."""
    if as_at > timezone.localdate():
        raise NotAllowed(f"{as_at} is in the future. Give a date that has come.")
    for period in periods:
        if period.starts_on > as_at:
            raise NotAllowed(f"{period.code} ({period.title}) has not begun on {as_at}.")
    for code in indicators:
        if code not in INDICATORS:
            raise NotAllowed(f"“{code}” is not an indicator. There are: {', '.join(INDICATORS)}.")
