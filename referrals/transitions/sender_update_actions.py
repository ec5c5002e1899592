"""Whoever sent something in from outside hears what came of it."""

from leap.core.accounts.models import User
from leap.core.outbox.actions import queue_email
from referrals.models import Incoming, Referral, Task
from referrals.transitions.task_actions import give_task

# What they are told by e-mail, once it is known that they are who they say they are.
TOLD = {
    "acknowledged": "{team} is reading your referral {ref}.",
    "accepted": "{team} has accepted your referral {ref}.",
    "declined": "{team} cannot take on your referral {ref}, and will ring you to say why.",
    "redirected": "{team} has sent your referral {ref} on to the team it is for.",
    "expired": "Your referral {ref} has not been answered in time. {team} will ring you.",
    "closed": "{team} has finished what your referral {ref} asked for.",
}
# What somebody tells them by telephone: each time, or where they could not be written to.
RUNG_ABOUT, RUNG_UNLESS_WRITTEN_TO = ("declined", "closed"), ("accepted", "redirected")
BODY = """{said}

To know more, ring them{number} and give the reference.

This message says nothing about the family, on purpose. Please do not write about them by e-mail.
"""


def update_external_sender(referral: Referral, about: str, *, by: User | None) -> None:
    """Tell whoever sent it in, if anybody did. `about` is what came of it, as TOLD names it.

    What an e-mail cannot say becomes a task for `by`: to ring them.
    """
    incoming = referral.from_outside
    if incoming is None:
        return
    if incoming.sender_checked:
        _write(referral, incoming, TOLD[about])
    unwritten = about in RUNG_UNLESS_WRITTEN_TO and not incoming.sender_checked
    if by and (about in RUNG_ABOUT or unwritten):
        said = "Please ring who sent a referral in from outside, and say what came of it."
        team, kind = referral.to_team, Task.Kind.OUTSIDE
        give_task(kind, referral, team=team, to=by, said=said, about=about)


def _write(referral: Referral, incoming: Incoming, said: str) -> None:
    team = referral.to_team
    number = f" on {team.telephone}" if team.telephone else ""
    line = said.format(team=team, ref=incoming.ref)
    body = BODY.format(said=line, number=number)
    queue_email(to=incoming.sender_email, subject=f"Your referral {incoming.ref}", body=body)
