"""The first figures, so that outcomes and reports are not empty before the first night."""

from collections.abc import Callable
from datetime import date, timedelta

from outcomes.calculation import nights
from outcomes.models import CalculationStep
from outcomes.periods import periods_overlapping

YEARS_BACK = timedelta(days=2 * 365)


def compute(*, as_at: date, say: Callable[[str], None]) -> int:
    """Run a night over the last two years; how many figures. Nights to come do the rest."""
    periods = periods_overlapping(as_at - YEARS_BACK, as_at)
    say(f"computing the figures of {len(periods)} months, quarters and years")
    night = nights.start_night(as_at=as_at, periods=periods)
    nights.process_steps(night=night)
    failed = night.steps.filter(status=CalculationStep.Status.FAILED)
    for step in failed:
        say(f"{step.indicator} could not be computed: {step.error}")
    return night.figures.count()
