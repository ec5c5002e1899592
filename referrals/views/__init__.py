"""The pages of referrals."""

from referrals.views.duties import done, tasks
from referrals.views.moves import (
    accept,
    acknowledge,
    agree,
    allocate,
    answer,
    ask,
    challenge,
    close,
    decline,
    edit,
    first_contact,
    pause,
    propose,
    redirect,
    resume,
    send,
    take_further,
    withdraw,
)
from referrals.views.new import new
from referrals.views.reading import queue, referral

__all__ = [
    "accept",
    "acknowledge",
    "agree",
    "allocate",
    "answer",
    "ask",
    "challenge",
    "close",
    "decline",
    "done",
    "edit",
    "first_contact",
    "new",
    "pause",
    "propose",
    "queue",
    "redirect",
    "referral",
    "resume",
    "send",
    "take_further",
    "tasks",
    "withdraw",
]
