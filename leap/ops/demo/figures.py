"""The first figures, so that outcomes and reports are not empty before the first night."""

from collections.abc import Callable
from datetime import date, timedelta

from outcomes.calculation import nights
from outcomes.calculation.tasks import send_workers
from outcomes.models import CalculationStep, Night
from outcomes.periods import periods_overlapping

YEARS_BACK = timedelta(days=2 * 365)


def compute(*, as_at: date, say: Callable[[str], None]) -> int:
    """Run a night over the last two years; how many figures. Nights to come do the rest."""
    night = _start_night(as_at)
    say(f"computing the figures of {len(night.periods)} months, quarters and years")
    nights.process_steps(night=night)
    failed = night.steps.filter(status=CalculationStep.Status.FAILED)
    for step in failed:
        say(f"{step.indicator} could not be computed: {step.error}")
    return night.figures.count()


def leave_to_worker(*, as_at: date, say: Callable[[str], None]) -> None:
    """Begin the same night, for workers to compute as soon as there is one."""
    night = _start_night(as_at)
    say(f"leaving the figures of {len(night.periods)} months, quarters and years to the worker")
    send_workers(night)


def _start_night(as_at: date) -> Night:
    return nights.start_night(as_at=as_at, periods=periods_overlapping(as_at - YEARS_BACK, as_at))
