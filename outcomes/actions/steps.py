"""Working off a night: claim a step, compute it, mark it, all in one transaction."""

import logging

from django.db import transaction
from django.utils import timezone

from leap.directory.models import AREAS
from outcomes import periods, statistics
from outcomes.actions.growth import fill_growth_cutoffs
from outcomes.counting import Count, count
from outcomes.disclosure import NOT_AVAILABLE, PROVISIONAL
from outcomes.indicators import INDICATORS, Indicator
from outcomes.indicators.declared import GROWTH_CUTOFFS
from outcomes.models import Figure, Night, Step

log = logging.getLogger("leap.outcomes")


@transaction.atomic
def work_one(*, night: Night) -> Step | None:
    """Compute one waiting step that nobody else has; None when there is none.

    The step stays locked until its figures are written. A worker that dies leaves it waiting; an
    indicator that fails is marked so, with its error, and the next is computed all the same.
    """
    waiting = Step.objects.select_for_update(skip_locked=True).filter(
        night=night, status=Step.Status.WAITING
    )
    step = waiting.order_by("pk").first()
    if step is None:
        return None
    step.started_at = timezone.now()
    try:
        with transaction.atomic():
            step.figures = _compute(step, night)
        step.status = Step.Status.DONE
    except Exception as error:
        log.exception("the night of %s: %s failed", night.as_at, step.indicator)
        step.status = Step.Status.FAILED
        step.error = _sentence(error)
    step.finished_at = timezone.now()
    step.save()
    return step


def _sentence(error: Exception) -> str:
    """What went wrong, without the values that a database adds on further lines."""
    first, *_ = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {first}"[:500]


def _compute(step: Step, night: Night) -> int:
    """Write the step's figures, unpublished; how many."""
    indicator = INDICATORS[step.indicator]
    if GROWTH_CUTOFFS in indicator.inputs:
        fill_growth_cutoffs()
    asked = [periods.parse(code) for code in step.periods]
    counts = count(indicator, asked, night.as_at)
    Figure.objects.bulk_create((figure(indicator, each, night) for each in counts), 1000)
    return len(counts)


def figure(indicator: Indicator, counted: Count, night: Night) -> Figure:
    """What is published of one count."""
    assert counted.area_code in AREAS
    estimate = _estimate(indicator, counted)
    marks = [] if estimate else [NOT_AVAILABLE]
    if counted.period.ends_on > night.as_at:
        marks.append(PROVISIONAL)
    return Figure(
        night=night,
        indicator=indicator.code,
        version=indicator.version,
        area_code=counted.area_code,
        period=counted.period.code,
        numerator=counted.numerator,
        denominator=counted.denominator,
        known=counted.known if indicator.least_known else None,
        value=estimate.value if estimate else None,
        lower=estimate.lower if estimate else None,
        upper=estimate.upper if estimate else None,
        note=" ".join(marks),
    )


def _estimate(indicator: Indicator, counted: Count) -> statistics.Estimate | None:
    """The share and its limits; none of nobody, and none where too few are known."""
    if not counted.denominator:
        return None
    if indicator.least_known and counted.known < indicator.least_known * counted.denominator:
        return None
    return statistics.wilson(counted.numerator, counted.denominator)
