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
from referrals.actions.attachments import (
    attach,
    clear_out_files,
    open_attachment,
    remove_attachment,
)
from referrals.actions.challenges import agree, challenge, propose, take_further
from referrals.actions.clocks import escalate, expire, pause, resume
from referrals.actions.days import forget_one_off_day, proclaim
from referrals.actions.duties import do_task
from referrals.actions.handing_on import follow_lead
from referrals.actions.incoming import chase_unread, send_in, settle
from referrals.actions.intake import pause_intake, resume_intake
from referrals.actions.links import Outsider, open_link, opened_with, revoke
from referrals.actions.outside import (
    ANSWERS,
    answer_outside,
    expire_outside,
    inform_outside,
    print_outside,
    refer_outside,
    send_again,
    settle_outside,
    take_back,
)
from referrals.actions.pathways import change_pathway
from referrals.actions.sending import answer, draft, edit, refer, send, withdraw

__all__ = [
    "ANSWERS",
    "Outsider",
    "accept",
    "acknowledge",
    "agree",
    "allocate",
    "answer",
    "answer_outside",
    "ask",
    "attach",
    "challenge",
    "change_pathway",
    "chase_unread",
    "clear_out_files",
    "close",
    "decline",
    "do_task",
    "draft",
    "edit",
    "escalate",
    "expire",
    "expire_outside",
    "follow_lead",
    "forget_one_off_day",
    "inform_outside",
    "note_first_contact",
    "open_attachment",
    "open_link",
    "open_preview",
    "opened_with",
    "pause",
    "pause_intake",
    "print_outside",
    "proclaim",
    "propose",
    "redirect",
    "refer",
    "refer_outside",
    "remove_attachment",
    "resume",
    "resume_intake",
    "revoke",
    "send",
    "send_again",
    "send_in",
    "settle",
    "settle_outside",
    "take_back",
    "take_further",
    "withdraw",
]
