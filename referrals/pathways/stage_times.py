"""Time at each stage of a referral: for its two sides, and for managers as a median and a worst."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from referrals.models import Referral
from referrals.pathways.turnaround import Median
from referrals.working_days import WorkingDays

A_DAY = timedelta(days=1)
# Each stage in words, and the fields in which it begins and ends: the first of them that is set.
STAGES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "acknowledged": ("Sent to acknowledged", ("sent_at",), ("acknowledged_at",)),
    "answered": (
        "Acknowledged to accepted or declined",
        ("acknowledged_at",),
        ("accepted_at", "declined_at"),
    ),
    "met": ("Accepted to first contact", ("accepted_at",), ("first_contact_at",)),
    "closed": ("First contact to closed", ("first_contact_at",), ("closed_at",)),
}


@dataclass(frozen=True)
class Stage:
    """How long those that are past a stage were at it: in days, weekends included."""

    code: str
    label: str
    past: int
    middle: float | None
    worst: float | None


def by_stage(referrals: QuerySet[Referral]) -> list[Stage]:
    """Each stage of these referrals; one query."""
    wanted: dict[str, Any] = {}
    for code in STAGES:
        took = _took(code)
        wanted |= {
            f"{code}_past": Count(took),
            f"{code}_middle": Median(took),
            f"{code}_worst": Max(took),
        }
    row = referrals.order_by().aggregate(**wanted)
    return [
        Stage(
            code,
            label,
            row[f"{code}_past"],
            _days(row[f"{code}_middle"]),
            _days(row[f"{code}_worst"]),
        )
        for code, (label, _, _) in STAGES.items()
    ]


def slowest_at(code: str, referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Those that are past this stage, which `took` them so long, the slowest first."""
    timed = referrals.annotate(took=_took(code)).filter(took__isnull=False)
    return timed.order_by("-took", "pk")


def _took(code: str) -> "ExpressionWrapper[Any]":
    _, begins, ends = STAGES[code]
    return ExpressionWrapper(_first(ends) - _first(begins), output_field=DurationField())


def _first(names: tuple[str, ...]) -> F | Coalesce:
    return Coalesce(*names) if len(names) > 1 else F(names[0])


def _days(took: timedelta | None) -> float | None:
    return None if took is None else round(took / A_DAY, 1)


def stages_of(referral: Referral, calendar: WorkingDays) -> list[tuple[str, str]]:
    """Each stage that this one is past, or at, and how long: in working days, as its clock runs."""
    stages = []
    for label, begins, ends in STAGES.values():
        begun, ended = _value(referral, begins), _value(referral, ends)
        if begun and (ended or referral.held_by_team):
            days = calendar.late(timezone.localdate(begun), timezone.localdate(ended))
            duration = f"{days} working day{'' if days == 1 else 's'}" if days else "the same day"
            so_far = f"{duration}, so far" if days else "since today"
            stages.append((label, duration if ended else so_far))
    return stages


def _value(referral: Referral, names: tuple[str, ...]) -> datetime | None:
    return next((at for name in names if (at := getattr(referral, name))), None)
