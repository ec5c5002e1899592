"""The table of moves: where a referral may go from each status, by its kind."""

from referrals.models.pathways import Pathway
from referrals.models.statuses import STATUSES, TO_ANSWER, UNANSWERED, Status

# Each status and those it may move to. One with no way out is final.
MOVES: dict[str, frozenset[str]] = {
    status: frozenset(STATUSES[status].may_become) for status in Status
}

# One table for every kind. What a kind has no use for is struck out here.
_ANSWERED_NO = {(status, Status.DECLINED) for status in TO_ANSWER}
_RUN_OUT = {(status, Status.EXPIRED) for status in UNANSWERED}
_SENT_ON = {(status, Status.REDIRECTED) for status in TO_ANSWER}
_FILED = {(Status.ACKNOWLEDGED, Status.CLOSED)}
NOT_FOR: dict[str, set[tuple[Status, Status]]] = {
    # It asks for nothing, so there is nothing to decline; receipted, it can be filed.
    Pathway.Kind.NOTIFICATION: _ANSWERED_NO | _RUN_OUT,
    Pathway.Kind.REFERRAL: _FILED,
    Pathway.Kind.HANDOVER: _FILED,
    # Only the team that leads can pass the lead on; once it has, the request is finished.
    Pathway.Kind.REQUEST: _FILED | _SENT_ON | {(Status.ACCEPTED, Status.IN_PROGRESS)},
}


def moves_of(kind: str, status: str) -> frozenset[str]:
    """Where a referral of this kind may go from `status`."""
    return frozenset(to for to in MOVES[status] if (status, to) not in NOT_FOR[kind])
