"""How the pathways do in the whole programme, for whoever runs it and may not open the referrals.

Counted by the system over every referral, and shown under disclosure control: few are hidden, the
others rounded, and a median is of enough answers only. The quickest and the slowest are single
families, and are for those who may open them (`referrals.pathways.turnaround`).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from leap.core.rls.session import bypass_rls
from outcomes import disclosure
from outcomes.disclosure import CONFIDENTIAL, Cell, SumOfCells
from referrals.models import UNANSWERED, Pathway, Referral
from referrals.models.referrals import ReferralQuerySet
from referrals.pathways.turnaround import Median, sent_since, with_answer_times

SENT, ANSWERED, WAITING, LAPSED = COLUMNS = ("sent", "answered", "waiting", "lapsed")
ALL = "all"  # the teams of a pathway together
A_DAY = timedelta(days=1)

Counts = Mapping[Cell, int]  # by team and column


@dataclass(frozen=True)
class PathwayRow:
    """One pathway, or one receiving team on it, with its numbers as they may be shown."""

    code: str
    label: str
    sent: str
    answered: str
    waiting: str
    lapsed: str  # ended without an answer
    value: float | None  # the median time to an answer, in days
    lower: float | None = None
    upper: float | None = None

    @property
    def note(self) -> str:
        return "no median" if self.value is None else ""


def by_pathway(days: int) -> list[PathwayRow]:
    """Every pathway on which something was sent in the last so many days."""
    referrals = _sent(days)
    with bypass_rls("the programme's pathways are counted by the system"):
        names = dict(Pathway.objects.values_list("code", "name"))
        counted = _counts(referrals, "pathway__code")
        middles = _medians(referrals, "pathway__code")
    rows = [_row(ALL, counts, middles, code, names[code]) for code, counts in counted.items()]
    return sorted(rows, key=lambda row: row.label)


def by_team(pathway: Pathway, days: int) -> list[PathwayRow]:
    """Each team that was sent something on a pathway."""
    referrals = _sent(days).filter(pathway=pathway)
    with bypass_rls("the programme's pathways are counted by the system"):
        names = dict(referrals.values_list("to_team__code", "to_team__name"))
        [counts] = list(_counts(referrals, "pathway__code").values()) or [{}]
        middles = _medians(referrals, "to_team__code")
    rows = [_row(team, counts, middles, team, name) for team, name in names.items()]
    return sorted(rows, key=lambda row: row.label)


def _sent(days: int) -> ReferralQuerySet:
    return sent_since(Referral.objects.all(), days).order_by()


def _counts(referrals: ReferralQuerySet, field: str) -> dict[str, Counts]:
    """For each pathway the exact numbers of its teams, and of all of them."""
    rows = (
        with_answer_times(referrals)
        .values_list(field, "to_team__code")
        .annotate(
            sent=Count("pk"),
            answered=Count("took"),
            waiting=Count("pk", filter=Q(took=None, status__in=UNANSWERED)),
            lapsed=Count("pk", filter=Q(took=None) & ~Q(status__in=UNANSWERED)),
        )
    )
    counted: dict[str, Counter[Cell]] = defaultdict(Counter)
    for code, team, *numbers in rows:
        for column, number in zip(COLUMNS, numbers, strict=True):
            counted[code][team, column] += number
            counted[code][ALL, column] += number
    return dict(counted)


def _medians(referrals: ReferralQuerySet, field: str) -> dict[str, timedelta | None]:
    return dict(with_answer_times(referrals).values_list(field).annotate(middle=Median("took")))


def _row(
    team: str, counts: Counts, middles: Mapping[str, timedelta | None], code: str, label: str
) -> PathwayRow:
    # The small, and those from which they could be worked out: sent is answered, waiting and
    # lapsed together, and a pathway is its teams.
    teams = list(dict.fromkeys(team for team, _ in counts if team != ALL))
    lines = [
        SumOfCells((team, SENT), tuple((team, column) for column in COLUMNS[1:]))
        for team in [ALL, *teams]
    ]
    lines += [
        SumOfCells((ALL, column), tuple((team, column) for team in teams)) for column in COLUMNS
    ]
    cells = {cell: (number, number) for cell, number in counts.items()}
    hidden = disclosure.suppressed_cells_in(cells, lines)

    def shown(column: str) -> str:
        cell = (team, column)
        return CONFIDENTIAL if cell in hidden else f"{disclosure.round_count(counts[cell]):,}"

    enough = (team, ANSWERED) not in hidden and counts[team, ANSWERED]
    middle = middles[code] if enough else None
    return PathwayRow(
        code=code,
        label=label,
        sent=shown(SENT),
        answered=shown(ANSWERED),
        waiting=shown(WAITING),
        lapsed=shown(LAPSED),
        value=round(middle / A_DAY, 1) if middle else None,
    )
