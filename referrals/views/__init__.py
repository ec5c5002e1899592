"""The pages of referrals."""

from referrals.views.attachments import attach, attachment, remove_attachment
from referrals.views.by_link import answer_by_link, by_link
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
from referrals.views.outside import (
    inform_outside,
    outside,
    outside_item,
    refer_outside,
    revoke,
    send_again,
    settle_outside,
    take_back,
    write_down,
)
from referrals.views.paper import outside_form, outside_letter, outside_letters
from referrals.views.pathways import change_pathway
from referrals.views.reading import queue, referral
from referrals.views.receipt import receipt

__all__ = [
    "accept",
    "acknowledge",
    "agree",
    "allocate",
    "allocate_many",
    "answer",
    "answer_by_link",
    "ask",
    "attach",
    "attachment",
    "by_link",
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
    "inform_outside",
    "intake",
    "new",
    "outside",
    "outside_form",
    "outside_item",
    "outside_letter",
    "outside_letters",
    "pause",
    "pause_intake",
    "propose",
    "queue",
    "receipt",
    "redirect",
    "refer_outside",
    "referral",
    "remove_attachment",
    "resume",
    "resume_intake",
    "revoke",
    "send",
    "send_again",
    "send_in",
    "settle_outside",
    "take_back",
    "take_further",
    "tasks",
    "withdraw",
    "write_down",
]
