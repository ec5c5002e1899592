"""Referrals, the table they move by, and what hangs off them."""

from referrals.models.attachments import Attachment
from referrals.models.calendar_exceptions import CalendarException
from referrals.models.challenges import Challenge, ChallengeStage
from referrals.models.external import (
    KINDS_OUTSIDE,
    ExternalReferral,
    ExternalReferralStep,
    SecureLink,
    moves_outside,
)
from referrals.models.incoming import InboundReferral
from referrals.models.notes import Note, Task
from referrals.models.pathways import Pathway, PathwayVersion
from referrals.models.referrals import Referral
from referrals.models.statuses import (
    COMES_BACK,
    DECISIONS,
    HELD_BY_RECEIVER,
    HELD_BY_SENDER,
    IMPORTED,
    LEAP_ALONE,
    OVER,
    STATUSES,
    TAKEN_ON,
    TO_ACKNOWLEDGE,
    TO_ANSWER,
    UNANSWERED,
    UNFINISHED,
    WITH_A_CLOCK,
    ClockKind,
    Holder,
    Status,
)
from referrals.models.transitions import MOVES, NOT_FOR, moves_of

__all__ = [
    "COMES_BACK",
    "DECISIONS",
    "HELD_BY_RECEIVER",
    "HELD_BY_SENDER",
    "IMPORTED",
    "KINDS_OUTSIDE",
    "LEAP_ALONE",
    "MOVES",
    "NOT_FOR",
    "OVER",
    "STATUSES",
    "TAKEN_ON",
    "TO_ACKNOWLEDGE",
    "TO_ANSWER",
    "UNANSWERED",
    "UNFINISHED",
    "WITH_A_CLOCK",
    "Attachment",
    "CalendarException",
    "Challenge",
    "ChallengeStage",
    "ClockKind",
    "ExternalReferral",
    "ExternalReferralStep",
    "Holder",
    "InboundReferral",
    "Note",
    "Pathway",
    "PathwayVersion",
    "Referral",
    "SecureLink",
    "Status",
    "Task",
    "moves_of",
    "moves_outside",
]
