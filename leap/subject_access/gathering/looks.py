"""Who has looked at the record, for the answer: practitioners by name, police only once read."""

from collections import defaultdict

from families.looked import read_all
from leap.accounts.models import Discipline
from leap.subject_access.gathering.asked import Asked
from leap.subject_access.models import LOOKED, Piece
from leap.wording import when

POLICE = "That the police looked may hinder their work. Ask them before this leaves."


def looks(asked: Asked) -> list[Piece]:
    """One piece for each practitioner and team, with every time they looked."""
    times: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for look in read_all(asked.request.family):
        times[look.by, look.team, look.discipline].append(f"{when(look.at)}: {look.how_words}")
    return [
        Piece(
            layer="shared",
            section="Who has looked",
            record=f"{by}, {team}" if team else by,
            label=LOOKED,
            title="When, and how",
            text="\n".join(lines),
            proposal=_proposal(discipline),
            why=POLICE if discipline == Discipline.POLICE else "",
        )
        for (by, team, discipline), lines in times.items()
    ]


def _proposal(discipline: str) -> str:
    if discipline == Discipline.POLICE:
        return Piece.Proposal.LEAVE_OUT
    return Piece.Proposal.PLAIN
