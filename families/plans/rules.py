"""Who plans with a family. Raise a sentence; change nothing."""

from datetime import date

from django.utils import timezone

from families.access.rules import check_are_members, check_is_at_work, check_is_open
from families.models import Family, Person
from families.plans.models import Plan
from leap.core.accounts.models import User
from leap.core.exceptions import Conflict, NotAllowed


def check_can_plan(family: Family, user: User) -> None:
    """Whoever works with the family plans with it."""
    check_is_open(family)
    check_is_at_work(family, user)


def check_goes_on(plan: Plan, user: User) -> None:
    """Whether the plan is open, and of a family that `user` works with."""
    check_can_plan(plan.family, user)
    if plan.closed_at:
        raise Conflict("This plan is closed. Open a new one to go on.")


def check_whose(family: Family, whose: Person | None, user: User) -> None:
    if whose:
        check_are_members(family, [whose], user)


def check_not_to_come(on: date) -> None:
    if on > timezone.localdate():
        raise NotAllowed("This day is in the future. Record it once it has been.")
