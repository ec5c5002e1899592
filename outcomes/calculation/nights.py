"""A night from beginning to end: what is counted anew, working it off, and publishing it.

Which periods and which indicators a night looks at follows from what has changed since the last.
All of its figures take their places in one transaction.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, Max, Value, When
from django.utils import timezone

from families.observations.codes import CODES
from leap.core.accounts.models import User
from leap.core.audit.kinds import EVERYTHING, KINDS
from leap.core.audit.log import record
from leap.core.audit.models import Event
from leap.core.reference_data.models import LEAP
from leap.core.rls.session import bypass_rls
from outcomes import disclosure, rules
from outcomes.calculation.counting import fetch
from outcomes.calculation.steps import work_some
from outcomes.disclosure.prior_reports import cells_reported
from outcomes.indicators import INDICATORS, Indicator
from outcomes.models import CalculationStep, Figure, Night
from outcomes.periods import Period, periods_overlapping

# How far back the periods go that nobody asked for by name.
YEARS_BACK = 20
# What a transaction this long wrote just before a night began, the night may have missed.
LONGEST_TRANSACTION = timedelta(hours=1)

# Most of what the log holds: looks, sign-ins, and whatever else no figure counts.
UNCOUNTED = [code for code, kind in KINDS.items() if not kind.changes and not kind.by_findings]

# The first day that any record touches. Births of adults do not count, so they are looked for among
# the young only, where the index on births makes it quick.
FIRST_DAY = """
    SELECT least(
        (SELECT min(occurred_on) FROM families_contact),
        (SELECT min(first.recorded_on)
           FROM unnest(%(codes)s::text[]) AS code
          CROSS JOIN LATERAL (SELECT min(recorded_on) AS recorded_on FROM families_observation
                               WHERE families_observation.code = code) AS first),
        (SELECT min(lower(during) AT TIME ZONE 'Europe/London')::date FROM leap_sites_session),
        (SELECT min(acknowledge_by) FROM referrals_referral),
        (SELECT person.birth_date FROM families_person AS person
          WHERE person.birth_date >= %(earliest)s
            AND EXISTS (SELECT FROM families_member AS child
                         WHERE child.person_id = person.id AND child.role = 'child')
          ORDER BY person.birth_date LIMIT 1))"""

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

# Of what a night counted as it stood, what is hidden stays as it was decided.
KEEP_DECISIONS = """
    UPDATE outcomes_figure AS mine
       SET hidden = standing.hidden, known_hidden = standing.known_hidden,
           denominator_hidden = standing.denominator_hidden
      FROM outcomes_figure AS standing
     WHERE mine.night_id = %(night)s AND NOT mine.published AND standing.published
       AND standing.indicator = mine.indicator AND standing.period = mine.period
       AND standing.area_code = mine.area_code AND standing.breakdown = mine.breakdown
       AND standing.category = mine.category AND standing.version = mine.version
       AND (standing.numerator, standing.denominator) = (mine.numerator, mine.denominator)
       AND standing.known IS NOT DISTINCT FROM mine.known
    RETURNING mine.id"""


@dataclass(frozen=True)
class Standing:
    """How the published figures of an indicator and period came about."""

    version: int
    as_at: date
    started_at: datetime

    def still_holds(self, indicator: Indicator, period: Period, as_at: date) -> bool:
        """Whether counting again could give nothing else, if nothing was recorded since.

        Either the same days are looked at, or the period was over then and nothing dated later
        could have been on record: the night was not asked about its own past.
        """
        if self.version != indicator.version:
            return False
        over = period.ends_on < self.as_at <= as_at
        return self.as_at == as_at or (over and self.as_at >= timezone.localdate(self.started_at))


@transaction.atomic
def start_night(
    *,
    as_at: date,
    periods: Sequence[Period] | None = None,
    indicators: Sequence[str] | None = None,
    by: User | None = None,
    scheduled: bool = False,
) -> Night:
    """Write down a night and its steps; a worker then works them off.

    By default every month, quarter and year that the records touch up to `as_at` is looked at, and
    computed for those indicators whose inputs changed since their figures were made. Periods or
    indicators given by name are computed whatever changed. A scheduled night is begun once a date.
    Raises NotAllowed for a date or period that has not come, and for an unknown indicator.
    """
    rules.check_can_begin(as_at, periods or [], indicators or [])
    if scheduled and (begun := Night.objects.filter(as_at=as_at, scheduled=True).first()):
        return begun
    wanted_periods = list(periods) if periods is not None else periods_touched(as_at)
    forced = periods is not None or indicators is not None
    codes = [period.code for period in wanted_periods]
    fields: dict[str, Any] = {"by": by, "forced": forced, "periods": codes}
    if scheduled:
        night, is_mine = Night.objects.get_or_create(as_at=as_at, scheduled=True, defaults=fields)
        if not is_mine:  # somebody began it in this very moment
            return night
    else:
        night = Night.objects.create(as_at=as_at, **fields)
    CalculationStep.objects.bulk_create(
        _steps(night, wanted_periods, indicators or list(INDICATORS), forced)
    )
    record(
        "night.begun",
        by=by,
        as_at=as_at.isoformat(),
        periods=len(wanted_periods),
        scheduled=scheduled,
    )
    return night


def periods_touched(as_at: date) -> list[Period]:
    """Every period from the first that a record touches to the one that holds `as_at`."""
    earliest = as_at - timedelta(days=YEARS_BACK * 365)
    ((first,),) = fetch(FIRST_DAY, {"codes": list(CODES), "earliest": earliest})
    return periods_overlapping(max(first, earliest), as_at) if first else []


def _steps(
    night: Night, wanted_periods: Sequence[Period], codes: Iterable[str], forced: bool
) -> Iterable[CalculationStep]:
    standing: dict[tuple[str, str], Standing] = {}
    if not forced:
        rows = (
            Figure.objects.published()
            .filter(area_code=LEAP)
            .values_list("indicator", "period", "version", "night__as_at", "night__started_at")
        )
        standing = {
            (indicator, period): Standing(version, as_at, started_at)
            for indicator, period, version, as_at, started_at in rows
        }
    changed = _last_changes(standing.values())
    for code in codes:
        due = [
            period.code
            for period in wanted_periods
            if not _unchanged(standing.get((code, period.code)), code, period, night.as_at, changed)
        ]
        status = CalculationStep.Status.WAITING if due else CalculationStep.Status.UNCHANGED
        yield CalculationStep(night=night, indicator=code, periods=due, status=status)


def _unchanged(
    standing: Standing | None,
    code: str,
    period: Period,
    as_at: date,
    changed: dict[str, datetime],
) -> bool:
    indicator = INDICATORS[code]
    if standing is None or not standing.still_holds(indicator, period, as_at):
        return False
    since = standing.started_at - LONGEST_TRANSACTION
    return not any(name in changed and changed[name] > since for name in indicator.reads)


def _last_changes(standing: Iterable[Standing]) -> dict[str, datetime]:
    """When each kind of data last changed, since the oldest of these nights."""
    starts = [row.started_at for row in standing]
    if not starts:
        return {}
    since = min(starts) - LONGEST_TRANSACTION
    nothing = When(details__findings=0, then=Value(value=True))
    found_nothing = Case(nothing, default=Value(value=False))
    events = Event.objects.filter(at__gt=since).exclude(kind__in=UNCOUNTED)
    with bypass_rls("everybody's work changes the figures"):
        kinds = list(events.values_list("kind", found_nothing).annotate(Max("at")))
    latest: dict[str, datetime] = {}
    for kind, is_without, at in kinds:
        # What an event says that it changed. One of a kind that is not declared any more may have
        # changed anything.
        for name in (
            EVERYTHING
            if kind not in KINDS
            else KINDS[kind].changes
            | (KINDS[kind].by_findings if (not is_without) else frozenset())
        ):
            latest[name] = max(at, latest.get(name, at))
    return latest


def process_steps(*, night: Night, done: Callable[[CalculationStep], None] | None = None) -> bool:
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
    return start_night(as_at=due_on(timezone.now()), scheduled=True)


def tend() -> list[Night]:
    """Begin the night that is due, publish those that are complete, and name those with steps that
    wait and that nobody is computing: workers should go to them."""
    begin_due_night()
    running = Night.objects.running().order_by("started_at")
    return [night for night in running if not publish(night=night) and _has_free_steps(night)]


@transaction.atomic
def _has_free_steps(night: Night) -> bool:
    free = night.steps.filter(status=CalculationStep.Status.WAITING).select_for_update(
        skip_locked=True
    )
    return free.first() is not None


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
    if night.steps.filter(status=CalculationStep.Status.WAITING).exists():
        return False
    figures = _replace(night)
    night.status = Night.Status.PUBLISHED
    night.finished_at = timezone.now()
    night.save()
    failed = night.steps.filter(status=CalculationStep.Status.FAILED).count()
    record(
        "night.published",
        by=night.by,
        as_at=night.as_at.isoformat(),
        figures=figures,
        failed=failed,
    )
    return True


def _replace(night: Night) -> int:
    """Swap the figures; how many are new. What is hidden is decided anew in each group of
    indicators of which a count changed, and in all where the night was asked for by name: the
    counts of a quiet day are nearly all as they were, and deciding takes longer than counting."""
    values: dict[str, Any] = {"night": night.pk, "started_at": night.started_at}
    with connection.cursor() as cursor:
        # Whole nights are compared, and just after one there may be no statistics to say so.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(DROP_OUTDATED, values)
        kept: list[int] = []
        if not night.forced:
            cursor.execute(KEEP_DECISIONS, values)
            kept = [key for (key,) in cursor.fetchall()]
        cursor.execute(DROP_REPLACED, values)
        cursor.execute("SET LOCAL enable_nestloop = on")
    mine = Figure.objects.filter(night=night)
    changed = set(mine.exclude(pk__in=kept).values_list("indicator", flat=True))
    figures = mine.update(published=True)
    for group in disclosure.groups(sorted(changed)):
        _hide(group, night)
    return figures


def _hide(group: set[str], night: Night) -> None:
    """Mark what of a group of indicators' published figures may not leave the partnership."""
    figures = list(Figure.objects.published().filter(indicator__in=group))
    decided = disclosure.decide(figures, night.as_at, cells_reported(figures))
    changed: defaultdict[tuple[bool, bool, bool], list[int]] = defaultdict(list)
    for figure in figures:
        decision = decided[disclosure.name_of(figure)]
        after = (decision.numerator, decision.known, decision.denominator)
        if after != (figure.hidden, figure.known_hidden, figure.denominator_hidden):
            changed[after].append(figure.pk)
    for (hidden, known, denominator), keys in changed.items():
        Figure.objects.filter(pk__in=keys).update(
            hidden=hidden, known_hidden=known, denominator_hidden=denominator
        )
