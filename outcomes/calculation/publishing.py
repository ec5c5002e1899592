"""Publishing a night: all of its figures take their places in one transaction."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from leap.core.audit.log import record
from outcomes import disclosure
from outcomes.disclosure.prior_reports import told
from outcomes.models import Figure, Night, Step

ONE_AT_A_TIME = 7_206_520_161  # the advisory lock of everybody who publishes

# A night that began later knows more: its figures are not replaced by those of one that was late.
DROP_OUTDATED = """
    DELETE FROM outcomes_figure AS mine
     USING outcomes_figure AS standing
      JOIN outcomes_night AS its_night ON its_night.id = standing.night_id
     WHERE mine.night_id = %(night)s AND NOT mine.published AND standing.published
       AND standing.indicator = mine.indicator AND standing.period = mine.period
       AND its_night.started_at > %(started_at)s"""
DROP_REPLACED = """
    DELETE FROM outcomes_figure AS standing
     USING (SELECT DISTINCT indicator, period FROM outcomes_figure
             WHERE night_id = %(night)s AND NOT published) AS mine
     WHERE standing.published AND standing.indicator = mine.indicator
       AND standing.period = mine.period"""


@transaction.atomic
def publish(*, night: Night) -> bool:
    """Put the night's figures in the place of older ones; False while a step is unfinished.

    What failed keeps its last good figures. Reports hold copies of theirs, so replaced figures are
    removed. Which figures must stay hidden is settled here, for everything that now stands.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    night = Night.objects.select_for_update(no_key=True).get(pk=night.pk)
    if night.status == Night.Status.PUBLISHED:
        return True
    if night.steps.filter(status=Step.Status.WAITING).exists():
        return False
    figures = _replace(night)
    night.status = Night.Status.PUBLISHED
    night.finished_at = timezone.now()
    night.save()
    failed = night.steps.filter(status=Step.Status.FAILED).count()
    record(
        "night.published",
        by=night.by,
        as_at=night.as_at.isoformat(),
        figures=figures,
        failed=failed,
    )
    return True


def _replace(night: Night) -> int:
    """Swap the figures; how many are new."""
    values: dict[str, Any] = {"night": night.pk, "started_at": night.started_at}
    with connection.cursor() as cursor:
        cursor.execute(DROP_OUTDATED, values)
        cursor.execute(DROP_REPLACED, values)
    mine = Figure.objects.filter(night=night)
    indicators = list(mine.order_by("indicator").values_list("indicator", flat=True).distinct())
    figures = mine.update(published=True)
    for group in disclosure.groups(indicators):
        _hide(group, night)
    return figures


def _hide(group: set[str], night: Night) -> None:
    """Mark what of a group of indicators' published figures may not leave the partnership."""
    figures = list(Figure.objects.published().filter(indicator__in=group))
    decided = disclosure.decide(figures, night.as_at, told(figures))
    changed = [each for each in figures if _mark(each, decided[disclosure.name_of(each)])]
    Figure.objects.bulk_update(changed, ["hidden", "known_hidden", "denominator_hidden"], 1000)


def _mark(figure: Figure, decision: disclosure.DisclosureDecision) -> bool:
    """Whether this changes the figure."""
    before = (figure.hidden, figure.known_hidden, figure.denominator_hidden)
    figure.hidden = decision.numerator
    figure.known_hidden = decision.known
    figure.denominator_hidden = decision.denominator
    return before != (figure.hidden, figure.known_hidden, figure.denominator_hidden)
