"""The pages of referrals."""

from referrals.views.duties import done, tasks
from referrals.views.incoming import incoming, incoming_item, send_in
from referrals.views.intake import days, forget_day, intake, pause_intake, resume_intake
from referrals.views.many import allocate_many
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
from referrals.views.pace import change_pathway, pathway, pathways
from referrals.views.reading import queue, referral

__all__ = [
    "accept",
    "acknowledge",
    "agree",
    "allocate",
    "allocate_many",
    "answer",
    "ask",
    "challenge",
    "change_pathway",
    "close",
    "days",
    "decline",
    "done",
    "edit",
    "first_contact",
    "forget_day",
    "incoming",
    "incoming_item",
    "intake",
    "new",
    "pathway",
    "pathways",
    "pause",
    "pause_intake",
    "propose",
    "queue",
    "redirect",
    "referral",
    "resume",
    "resume_intake",
    "send",
    "send_in",
    "take_further",
    "tasks",
    "withdraw",
]
