"""Working off a night: claim a step, compute it, mark it, all in one transaction."""

import logging

from django.db import transaction
from django.utils import timezone

from leap.core.reference_data.models import AREAS
from outcomes import periods, statistics
from outcomes.calculation.counting import Count, count
from outcomes.calculation.growth_cutoffs import fill_growth_cutoffs
from outcomes.disclosure import NOT_AVAILABLE, PROVISIONAL
from outcomes.indicators import INDICATORS, Indicator
from outcomes.indicators.registry import GROWTH_CUTOFFS
from outcomes.models import CalculationStep, Figure, Night

log = logging.getLogger("leap.outcomes")


@transaction.atomic
def work_some(*, night: Night) -> list[CalculationStep]:
    """Compute a waiting step that nobody else has, with those that share its population; none when
    there is none.

    The steps stay locked until their figures are written. A worker that dies leaves them waiting.
    An indicator that fails is marked so, with its error, and the next is computed all the same.
    """
    steps = _claim(night)
    if not steps:
        return []
    for step in steps:
        step.started_at = timezone.now()
    _compute(steps, night)
    for step in steps:
        step.finished_at = timezone.now()
        step.save()
    return steps


def _claim(night: Night) -> list[CalculationStep]:
    free = CalculationStep.objects.select_for_update(skip_locked=True).filter(
        night=night, status=CalculationStep.Status.WAITING
    )
    first = free.order_by("pk").first()
    if first is None:
        return []
    known = INDICATORS.get(first.indicator)
    beside = [
        code
        for code, indicator in INDICATORS.items()
        if known and indicator.population == known.population
    ]
    steps = free.filter(indicator__in={first.indicator, *beside}).order_by("pk")
    return [step for step in steps if step.periods == first.periods]


def _compute(steps: list[CalculationStep], night: Night) -> None:
    """Together if it can be; if that fails, each alone, so that only what is wrong fails."""
    try:
        with transaction.atomic():
            _write_figures(steps, night)
    except Exception as error:
        if len(steps) > 1:
            for step in steps:
                _compute([step], night)
            return
        log.exception("the night of %s: %s failed", night.as_at, steps[0].indicator)
        steps[0].status = CalculationStep.Status.FAILED
        # What went wrong, without the values that a database adds on further lines.
        first, *_ = str(error).strip().splitlines() or [""]
        steps[0].error = f"{type(error).__name__}: {first}"[:500]


def _write_figures(steps: list[CalculationStep], night: Night) -> None:
    """Write what the steps are for, not yet published."""
    indicators = [INDICATORS[step.indicator] for step in steps]
    if any(GROWTH_CUTOFFS in indicator.inputs for indicator in indicators):
        fill_growth_cutoffs()
    wanted_periods = [periods.parse(code) for code in steps[0].periods]
    counts = count(indicators, wanted_periods, night.as_at)
    for step, indicator in zip(steps, indicators, strict=True):
        figures = [figure(indicator, area_count, night) for area_count in counts[indicator.code]]
        Figure.objects.bulk_create(figures, 1000)
        step.figures = len(figures)
        step.status = CalculationStep.Status.DONE


def figure(indicator: Indicator, counted: Count, night: Night) -> Figure:
    """What is published of one count."""
    assert counted.area_code in AREAS
    # The share and its limits; none of nobody, and none where too few are known.
    least = (indicator.min_known_share or 0) * counted.denominator
    estimate = None
    if counted.denominator and not (indicator.min_known_share and counted.known < least):
        estimate = statistics.wilson(counted.numerator, counted.denominator)
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
        known=counted.known if indicator.min_known_share else None,
        value=estimate.value if estimate else None,
        lower=estimate.lower if estimate else None,
        upper=estimate.upper if estimate else None,
        note=" ".join(marks),
    )
