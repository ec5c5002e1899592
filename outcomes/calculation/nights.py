"""Beginning a night: which periods, which indicators, and what has changed since the last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Case, Max, Value, When
from django.utils import timezone

from families.observations.codes import CODES
from leap.core.accounts.models import User
from leap.core.audit.kinds import EVERYTHING, KINDS
from leap.core.audit.log import record
from leap.core.audit.models import Event
from leap.core.reference_data.models import LEAP
from leap.core.rls.session import bypass_rls
from outcomes import rules
from outcomes.calculation.counting import fetch
from outcomes.indicators import INDICATORS, Indicator
from outcomes.models import Figure, Night, Step
from outcomes.periods import Period, touching

# How far back the periods go that nobody asked for by name.
YEARS_BACK = 20
# What a transaction this long wrote just before a night began, the night may have missed.
LONGEST_TRANSACTION = timedelta(hours=1)

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
def begin_night(
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
    asked = list(periods) if periods is not None else periods_touched(as_at)
    fields = {"by": by, "periods": [period.code for period in asked]}
    if scheduled:
        night, is_mine = Night.objects.get_or_create(as_at=as_at, scheduled=True, defaults=fields)
        if not is_mine:  # somebody began it in this very moment
            return night
    else:
        night = Night.objects.create(as_at=as_at, **fields)
    forced = periods is not None or indicators is not None
    Step.objects.bulk_create(_steps(night, asked, indicators or list(INDICATORS), forced))
    record("night.begun", by=by, as_at=as_at.isoformat(), periods=len(asked), scheduled=scheduled)
    return night


def periods_touched(as_at: date) -> list[Period]:
    """Every period from the first that a record touches to the one that holds `as_at`."""
    earliest = as_at - timedelta(days=YEARS_BACK * 365)
    ((first,),) = fetch(FIRST_DAY, {"codes": list(CODES), "earliest": earliest})
    return touching(max(first, earliest), as_at) if first else []


def _steps(
    night: Night, asked: Sequence[Period], codes: Iterable[str], forced: bool
) -> Iterable[Step]:
    standing = {} if forced else _standing()
    changed = _last_changes(standing.values())
    for code in codes:
        due = [
            period.code
            for period in asked
            if not _unchanged(standing.get((code, period.code)), code, period, night.as_at, changed)
        ]
        status = Step.Status.WAITING if due else Step.Status.UNCHANGED
        yield Step(night=night, indicator=code, periods=due, status=status)


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


def _standing() -> dict[tuple[str, str], Standing]:
    rows = (
        Figure.objects.published()
        .filter(area_code=LEAP)
        .values_list("indicator", "period", "version", "night__as_at", "night__started_at")
    )
    return {
        (indicator, period): Standing(version, as_at, started_at)
        for indicator, period, version, as_at, started_at in rows
    }


def _last_changes(standing: Iterable[Standing]) -> dict[str, datetime]:
    """When each kind of data last changed, since the oldest of these nights."""
    starts = [each.started_at for each in standing]
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
        for name in _changed_by(kind, with_findings=not is_without):
            latest[name] = max(at, latest.get(name, at))
    return latest


def _changed_by(kind: str, *, with_findings: bool) -> frozenset[str]:
    """What an event says that it changed. One of a kind that is not declared any more may have
    changed anything."""
    if kind not in KINDS:
        return EVERYTHING
    return KINDS[kind].changes | (KINDS[kind].by_findings if with_findings else frozenset())


# Most of what the log holds: looks, sign-ins, and whatever else no figure counts.
UNCOUNTED = [code for code, each in KINDS.items() if not each.changes and not each.by_findings]
