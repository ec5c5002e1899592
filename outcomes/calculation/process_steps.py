"""Working a night off to its end, and tending those that were left."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from outcomes.calculation.nights import begin_night
from outcomes.calculation.publishing import publish
from outcomes.calculation.steps import work_some
from outcomes.models import Night, Step


def work_off(*, night: Night, done: Callable[[Step], None] | None = None) -> bool:
    """Compute waiting steps until none is left to claim, then publish if all are finished.

    Any number of workers may do this to one night at once; the one that finishes last publishes.
    False means that somebody else still computes a step. `done` is told of each step.
    """
    while steps := work_some(night=night):
        for step in steps:
            if done:
                done(step)
    return publish(night=night)


def due_on(now: datetime) -> date:
    """The date of the latest scheduled night that should have begun by now."""
    local = timezone.localtime(now)
    return local.date() if local.time() >= Night.BEGINS_AT else local.date() - timedelta(days=1)


def begin_due_night() -> Night:
    """The latest scheduled night, begun now if it was missed."""
    return begin_night(as_at=due_on(timezone.now()), scheduled=True)


def tend() -> list[Night]:
    """Begin the night that is due, publish those that are complete, and name those with steps that
    wait and that nobody is computing: workers should go to them."""
    begin_due_night()
    running = Night.objects.filter(status=Night.Status.RUNNING).order_by("started_at")
    return [night for night in running if not publish(night=night) and _has_free_steps(night)]


@transaction.atomic
def _has_free_steps(night: Night) -> bool:
    free = night.steps.filter(status=Step.Status.WAITING).select_for_update(skip_locked=True)
    return free.first() is not None
