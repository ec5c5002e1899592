"""The pages of referrals."""

from referrals.views.moves import (
    accept,
    acknowledge,
    allocate,
    answer,
    ask,
    close,
    decline,
    first_contact,
    send,
    withdraw,
)
from referrals.views.new import new
from referrals.views.reading import queue, referral

__all__ = [
    "accept",
    "acknowledge",
    "allocate",
    "answer",
    "ask",
    "close",
    "decline",
    "first_contact",
    "new",
    "queue",
    "referral",
    "send",
    "withdraw",
]
