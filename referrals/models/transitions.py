"""The table of moves: each status, whose turn it is, and where it may go from there."""

from django.db import models

from referrals.models.pathways import Pathway


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    SENT = "sent", "Sent"
    INFORMATION_ASKED = "information_asked", "Information asked"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    ACCEPTED = "accepted", "Accepted"
    IN_PROGRESS = "in_progress", "In progress"
    CLOSED = "closed", "Closed"
    DECLINED = "declined", "Declined"
    REDIRECTED = "redirected", "Redirected"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXPIRED = "expired", "Expired"


class Holder(models.TextChoices):
    """Whose turn it is."""

    SENDER = "sender", "The sender"
    RECEIVER = "receiver", "The receiver"
    NOBODY = "nobody", "Nobody: it is finished"


# Each status and those it may move to. One with no way out is final.
MOVES: dict[str, frozenset[str]] = {
    Status.DRAFT: frozenset({Status.SENT, Status.WITHDRAWN}),
    Status.SENT: frozenset(
        {
            Status.ACKNOWLEDGED,
            Status.INFORMATION_ASKED,
            Status.ACCEPTED,
            Status.DECLINED,
            Status.REDIRECTED,
            Status.WITHDRAWN,
            Status.EXPIRED,
        }
    ),
    Status.INFORMATION_ASKED: frozenset({Status.SENT, Status.WITHDRAWN, Status.EXPIRED}),
    Status.ACKNOWLEDGED: frozenset(
        {
            Status.CLOSED,
            Status.INFORMATION_ASKED,
            Status.ACCEPTED,
            Status.DECLINED,
            Status.REDIRECTED,
            Status.WITHDRAWN,
            Status.EXPIRED,
        }
    ),
    Status.ACCEPTED: frozenset({Status.IN_PROGRESS, Status.CLOSED}),
    Status.IN_PROGRESS: frozenset({Status.CLOSED}),
    Status.CLOSED: frozenset(),
    Status.DECLINED: frozenset(),
    Status.REDIRECTED: frozenset(),
    Status.WITHDRAWN: frozenset(),
    Status.EXPIRED: frozenset(),
}

# One table for every kind. What a kind has no use for is struck out here.
_ANSWERED_NO = {(status, Status.DECLINED) for status in (Status.SENT, Status.ACKNOWLEDGED)}
_RUN_OUT = {
    (status, Status.EXPIRED)
    for status in (Status.SENT, Status.INFORMATION_ASKED, Status.ACKNOWLEDGED)
}
_SENT_ON = {(status, Status.REDIRECTED) for status in (Status.SENT, Status.ACKNOWLEDGED)}
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


HOLDERS: dict[str, Holder] = {
    Status.DRAFT: Holder.SENDER,
    Status.SENT: Holder.RECEIVER,
    Status.INFORMATION_ASKED: Holder.SENDER,
    Status.ACKNOWLEDGED: Holder.RECEIVER,
    Status.ACCEPTED: Holder.RECEIVER,
    Status.IN_PROGRESS: Holder.RECEIVER,
    Status.CLOSED: Holder.NOBODY,
    Status.DECLINED: Holder.NOBODY,
    Status.REDIRECTED: Holder.NOBODY,
    Status.WITHDRAWN: Holder.NOBODY,
    Status.EXPIRED: Holder.NOBODY,
}
HELD_BY_SENDER = [status for status, holder in HOLDERS.items() if holder == Holder.SENDER]
HELD_BY_RECEIVER = [status for status, holder in HOLDERS.items() if holder == Holder.RECEIVER]
UNFINISHED = [*HELD_BY_SENDER, *HELD_BY_RECEIVER]
OVER = [status for status, holder in HOLDERS.items() if holder == Holder.NOBODY]
UNANSWERED = [Status.SENT, Status.INFORMATION_ASKED, Status.ACKNOWLEDGED]
