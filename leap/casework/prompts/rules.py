"""Who decides on a prompt, and when."""

from datetime import date, timedelta

from django.utils import timezone

from families.access.rules import check_is_at_work, check_is_open
from families.models import Family
from leap.casework.prompts.models import Decision, Rule
from leap.core.accounts.models import User

LONGEST = timedelta(days=28)


def check_can_decide(family: Family, user: User) -> None:
    """Anybody who works with the family and sees what the prompt rests on."""
    check_is_open(family)
    check_is_at_work(family, user)


def why_not_until(rule: str, choice: str, until: date | None) -> str | None:
    """Why a prompt cannot rest until this day, if it cannot."""
    if choice != Decision.Choice.NOT_NOW:
        return None
    today = timezone.localdate()
    if until is None or until <= today:
        return "Give the day to be asked again: tomorrow or later."
    longest = timedelta(days=1) if rule == Rule.HARM else LONGEST
    if until > today + longest:
        return (
            "Thoughts of self-harm can wait until tomorrow, not longer."
            if rule == Rule.HARM
            else "A prompt can rest for four weeks at most. Choose an earlier day."
        )
    return None
