"""How far the reading of a record has come, and whose turn it is."""

from dataclasses import dataclass

from django.db.models import Count, Min, Q

from leap.core.accounts.models import User
from leap.core.rls.session import bypass_rls
from leap.governance.subject_access import rules
from leap.governance.subject_access.models import LOOKED, SubjectAccessRequest


@dataclass(frozen=True)
class ReadingPart:
    """One section of what the reader decides on."""

    section: str
    to_read: int
    undecided: int
    about_others: int  # of the undecided, those that can be left out at once


@dataclass(frozen=True)
class ReadingProgress:
    """What the reader has before them, and how much waits for others, without what it is."""

    parts: list[ReadingPart]
    undecided: int
    for_others: int
    waits_for: list[str]  # agencies, and "named people"

    @property
    def mine(self) -> int:
        return sum(part.undecided for part in self.parts)

    @property
    def is_done(self) -> bool:
        return not self.undecided


def reading_progress(request: SubjectAccessRequest, user: User) -> ReadingProgress:
    """Two statements; the second looks past row-level security to count what waits for other
    readers."""
    others = Q(decision="", proposal="leave_out", layer="shared") & ~Q(label=LOOKED)
    sections = (
        rules.pieces_for(request, user)
        .to_read()
        .values("section")
        .annotate(
            to_read=Count("pk"),
            undecided=Count("pk", filter=Q(decision="")),
            about_others=Count("pk", filter=others),
            first=Min("place"),
        )
        .order_by("first")
        .values_list("section", "to_read", "undecided", "about_others")
    )
    parts = [ReadingPart(*row) for row in sections]
    with bypass_rls("to say how much waits for other readers, and not what"):
        waiting = request.pieces.to_read().undecided()
        counted = dict(waiting.values_list("agency__name").annotate(Count("pk")).order_by())
        named = waiting.filter(layer="restricted").count()
    total, mine = sum(counted.values()), sum(part.undecided for part in parts)
    agencies = sorted(name for name in counted if name)
    waits_for = [*agencies, *(["people named for an entry"] if named else [])]
    return ReadingProgress(parts, total, total - mine, waits_for if total > mine else [])
