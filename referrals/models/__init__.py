"""Referrals, the table they move by, and what hangs off them."""

from referrals.models.attachments import Attachment
from referrals.models.calendar_exceptions import OneOffDay
from referrals.models.challenges import Challenge, StageOfChallenge
from referrals.models.external import (
    KINDS_OUTSIDE,
    Outside,
    OutsideLink,
    OutsideStep,
    moves_outside,
)
from referrals.models.incoming import Incoming
from referrals.models.notes import Note, Task
from referrals.models.pathways import Pathway, PathwayVersion
from referrals.models.referrals import Referral
from referrals.models.transitions import (
    HELD_BY_RECEIVER,
    HELD_BY_SENDER,
    HOLDERS,
    MOVES,
    NOT_FOR,
    UNANSWERED,
    UNFINISHED,
    Holder,
    Status,
    moves_of,
)

__all__ = [
    "HELD_BY_RECEIVER",
    "HELD_BY_SENDER",
    "HOLDERS",
    "KINDS_OUTSIDE",
    "MOVES",
    "NOT_FOR",
    "UNANSWERED",
    "UNFINISHED",
    "Attachment",
    "Challenge",
    "Holder",
    "Incoming",
    "Note",
    "OneOffDay",
    "Outside",
    "OutsideLink",
    "OutsideStep",
    "Pathway",
    "PathwayVersion",
    "Referral",
    "StageOfChallenge",
    "Status",
    "Task",
    "moves_of",
    "moves_outside",
]
