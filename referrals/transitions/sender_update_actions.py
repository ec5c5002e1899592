"""Whoever sent something in from outside hears what came of it."""

from leap.core.accounts.models import User
from leap.core.outbox.actions import queue_email
from referrals.models import STATUSES, Referral, Status, Task
from referrals.transitions.task_actions import give_task

BODY = """{said}

To know more, ring them{number} and give the reference.

This message says nothing about the family, on purpose. Please do not write about them by e-mail.
"""


def update_external_sender(referral: Referral, about: Status, *, by: User | None) -> None:
    """Tell whoever sent it in, if anybody did. `about` is the status it came to.

    What an e-mail cannot say becomes a task for `by`: to ring them.
    """
    incoming, facts = referral.from_outside, STATUSES[about]
    if incoming is None:
        return
    if incoming.sender_checked:
        team = referral.to_team
        number = f" on {team.telephone}" if team.telephone else ""
        line = facts.told_outside.format(team=team, ref=incoming.ref)
        body = BODY.format(said=line, number=number)
        queue_email(to=incoming.sender_email, subject=f"Your referral {incoming.ref}", body=body)
    unwritten = facts.is_rung_if_unwritten and not incoming.sender_checked
    if by and (facts.is_rung or unwritten):
        message = "Please ring who sent a referral in from outside, and say what came of it."
        team, kind = referral.to_team, Task.Kind.OUTSIDE
        give_task(kind, referral, team=team, to=by, message=message, about=about)
