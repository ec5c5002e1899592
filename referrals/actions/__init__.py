"""Every move of a referral: the rule, the move if nobody was first, the event, the notice."""

from referrals.actions.answering import (
    accept,
    acknowledge,
    allocate,
    ask,
    close,
    decline,
    note_first_contact,
    open_preview,
    redirect,
)
from referrals.actions.challenges import agree, challenge, propose, take_further
from referrals.actions.clocks import escalate, expire, pause, resume
from referrals.actions.days import forget_one_off_day, proclaim
from referrals.actions.duties import do_task
from referrals.actions.incoming import chase_unread, send_in, settle
from referrals.actions.intake import pause_intake, resume_intake
from referrals.actions.pathways import change_pathway
from referrals.actions.sending import answer, draft, edit, refer, send, withdraw

__all__ = [
    "accept",
    "acknowledge",
    "agree",
    "allocate",
    "answer",
    "ask",
    "challenge",
    "chase_unread",
    "change_pathway",
    "close",
    "decline",
    "do_task",
    "draft",
    "edit",
    "escalate",
    "expire",
    "forget_one_off_day",
    "note_first_contact",
    "open_preview",
    "pause",
    "pause_intake",
    "proclaim",
    "propose",
    "redirect",
    "refer",
    "resume",
    "resume_intake",
    "send",
    "send_in",
    "settle",
    "take_further",
    "withdraw",
]
