"""How many referrals go each way, how fast, and where they wait."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Max,
    Min,
    Q,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import Truncator

from referrals.models import STATUSES
from referrals.models.referrals import ReferralQuerySet

A_DAY = timedelta(days=1)
LABEL = 18  # characters that a chart has room for
PERIODS = {28: "the last 4 weeks", 91: "the last 3 months", 365: "the last 12 months"}


class Median(Aggregate):
    """The value that half of them stay below."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Turnaround:
    """One pathway, or one team on it. Times are in days, weekends included, from the sending."""

    code: str
    label: str
    sent: int
    unread: int  # sent, and not acknowledged yet
    asked: int  # with the sender, who was asked something
    deciding: int
    starting: int  # accepted, first contact awaited
    answered: int
    value: float | None  # the median time to an answer
    lower: float | None  # the quickest
    upper: float | None  # the worst
    contact: float | None  # the median time to the first contact
    contact_worst: float | None


@dataclass(frozen=True)
class ChartedTurnaround:
    """A pace as a chart has room for it: the table beside it has the whole name."""

    label: str
    value: float | None
    lower: float | None
    upper: float | None
    note: str = "no answer yet"


def charted_turnarounds(paces: list[Turnaround]) -> list[ChartedTurnaround]:
    """What the chart draws: the median, from the quickest to the worst."""
    return [
        ChartedTurnaround(
            Truncator(turnaround.label).chars(LABEL),
            turnaround.value,
            turnaround.lower,
            turnaround.upper,
        )
        for turnaround in paces
    ]


def sent_since(referrals: ReferralQuerySet, days: int) -> ReferralQuerySet:
    """Those of `referrals` that were sent in the last so many days."""
    return referrals.filter(sent_at__gte=timezone.now() - timedelta(days=days))


def by_pathway(referrals: ReferralQuerySet) -> list[Turnaround]:
    """How each pathway does, by its name."""
    return _paces(referrals, "pathway__code", "pathway__name")


def by_team(referrals: ReferralQuerySet) -> list[Turnaround]:
    """How each receiving team does, by its name."""
    return _paces(referrals, "to_team__code", "to_team__name")


ANSWERED_IN = ExpressionWrapper(F("answered_at") - F("sent_at"), output_field=DurationField())
MET_IN = ExpressionWrapper(F("first_contact_at") - F("sent_at"), output_field=DurationField())


def with_answer_times(referrals: ReferralQuerySet) -> ReferralQuerySet:
    """With how long each took to be answered: accepted or declined; null where it was not."""
    answered_at = Coalesce("accepted_at", "declined_at")
    return referrals.annotate(answered_at=answered_at).annotate(took=ANSWERED_IN)


def _paces(referrals: ReferralQuerySet, code: str, label: str) -> list[Turnaround]:
    standing = {facts.counted_as: at for at, facts in STATUSES.items() if facts.counted_as}
    rows = (
        with_answer_times(referrals)
        .order_by(label)
        .values(code, label)
        .annotate(
            sent=Count("pk"),
            answered=Count("took"),
            middle=Median("took"),
            quickest=Min("took"),
            worst=Max("took"),
            met_middle=Median(MET_IN),
            met_worst=Max(MET_IN),
            **{name: Count("pk", filter=Q(status=status)) for name, status in standing.items()},
        )
    )
    return [
        Turnaround(
            code=row[code],
            label=row[label],
            value=_days(row["middle"]),
            lower=_days(row["quickest"]),
            upper=_days(row["worst"]),
            contact=_days(row["met_middle"]),
            contact_worst=_days(row["met_worst"]),
            **{name: row[name] for name in ("sent", "answered", *standing)},
        )
        for row in rows
    ]


def _days(took: timedelta | None) -> float | None:
    return None if took is None else round(took / A_DAY, 1)
