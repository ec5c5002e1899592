"""What a referral can stand at: each status, once, with all that follows from it.

Lists of statuses, in Python and in the conditions of the tables, are read from here. A new status
is an entry here, the migration that it needs, and the action that moves a referral to it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models

from leap.core.ui.statuses import declare


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    SENT = "sent", "Sent"
    INFORMATION_ASKED = "information_asked", "Information asked"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    ACCEPTED = "accepted", "Accepted"
    IN_PROGRESS = "in_progress", "In progress"
    CLOSED = "closed", "Closed"
    DECLINED = "declined", "Declined"
    REDIRECTED = "redirected", "Redirected"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXPIRED = "expired", "Expired"


class Holder(models.TextChoices):
    """Whose turn it is."""

    SENDER = "sender", "The sender"
    RECEIVER = "receiver", "The receiver"
    NOBODY = "nobody", "Nobody: it is finished"


class ClockKind(models.TextChoices):
    """What is awaited, by a day."""

    ACKNOWLEDGEMENT = "acknowledgement"
    FIRST_CONTACT = "first contact"


@dataclass(frozen=True)
class StatusFacts:
    holder: Holder
    colour: str
    stands: str  # “This referral …”
    done: str  # “Someone else has just … this referral.”
    where: str  # the line on its page: who has it, and what is awaited
    where_of_one_team: str = ""  # of what the team that answers it took in; blank: as `where`
    onwards: str = ""  # and of one that was redirected: with the team it went to
    where_outside: str = ""  # of one to people without an account; blank: it never stands so there
    # To whoever sent it in from outside: by e-mail, and by a task to ring them.
    told_outside: str = ""
    is_rung: bool = False
    is_rung_if_unwritten: bool = False
    comes_back: bool = False  # from outside, to be settled by its sender
    may_become: tuple[Status, ...] = ()
    clock: ClockKind | None = None
    is_unanswered: bool = False  # neither taken on nor turned down
    is_decision: bool = False  # it names who decided
    may_be_unsent: bool = False
    is_imported: bool = True  # else LEAP alone brings it about, and no file does or undoes it
    counted_as: str = ""  # its column where the pathways' turnaround is told


ANSWERS = (
    Status.INFORMATION_ASKED,
    Status.ACCEPTED,
    Status.DECLINED,
    Status.REDIRECTED,
    Status.WITHDRAWN,
    Status.EXPIRED,
)
# The order is that of the constraint on what may stand so outside.
STATUSES: dict[str, StatusFacts] = {
    Status.DRAFT: StatusFacts(
        Holder.SENDER,
        "grey",
        stands="has not been sent yet",
        done="drafted",
        where="Not sent yet. {sender} has it.",
        may_become=(Status.SENT, Status.WITHDRAWN),
        may_be_unsent=True,
    ),
    Status.SENT: StatusFacts(
        Holder.RECEIVER,
        "yellow",
        stands="has been sent and waits for an answer",
        done="sent",
        where="With {receiver}, who have yet to answer. {keeper} stays responsible.",
        where_of_one_team=(
            "With {receiver}, who have yet to answer. {name} took it in and is responsible."
        ),
        onwards="who have yet to answer. {sender} stays responsible.",
        where_outside="With {whom}, who have until {day} to answer. {sender} stays responsible.",
        may_become=(Status.ACKNOWLEDGED, *ANSWERS),
        clock=ClockKind.ACKNOWLEDGEMENT,
        is_unanswered=True,
        counted_as="unread",
    ),
    Status.INFORMATION_ASKED: StatusFacts(
        Holder.SENDER,
        "purple",
        stands="waits for information from the sender",
        done="asked for information about",
        where="{receiver} asked for information. {sender} has it.",
        where_of_one_team="{receiver} needs to know more. {name} asks who sent it in.",
        onwards="who asked for information. {sender} has it.",
        where_outside="{who} asked for information. {sender} has it.",
        may_become=(Status.SENT, Status.WITHDRAWN, Status.EXPIRED),
        clock=ClockKind.ACKNOWLEDGEMENT,
        is_unanswered=True,
        counted_as="asked",
    ),
    Status.ACKNOWLEDGED: StatusFacts(
        Holder.RECEIVER,
        "blue",
        stands="has been acknowledged",
        done="acknowledged",
        where="{receiver} has read it and is deciding. {keeper} stays responsible.",
        where_of_one_team="{receiver} is deciding. {name} took it in and is responsible.",
        onwards="who have read it and are deciding. {sender} stays responsible.",
        where_outside="{who} has read it and is deciding. {sender} stays responsible.",
        may_become=(Status.CLOSED, *ANSWERS),
        clock=ClockKind.FIRST_CONTACT,
        is_unanswered=True,
        counted_as="deciding",
        told_outside="{team} is reading your referral {ref}.",
    ),
    Status.ACCEPTED: StatusFacts(
        Holder.RECEIVER,
        "teal",
        stands="has been accepted",
        done="accepted",
        where="{receiver} has accepted it{whom}. First contact is awaited.",
        onwards="who have accepted it.",
        where_outside="{who} accepted it {on}. {lead}",
        may_become=(Status.IN_PROGRESS, Status.CLOSED),
        clock=ClockKind.FIRST_CONTACT,
        is_decision=True,
        counted_as="starting",
        told_outside="{team} has accepted your referral {ref}.",
        is_rung_if_unwritten=True,
    ),
    Status.IN_PROGRESS: StatusFacts(
        Holder.RECEIVER,
        "blue",
        stands="is in progress",
        done="recorded the first contact for",
        where="{receiver} is working with the family{whom}.",
        onwards="who are working with the family.",
        may_become=(Status.CLOSED,),
    ),
    Status.DECLINED: StatusFacts(
        Holder.NOBODY,
        "magenta",
        stands="has been declined",
        done="declined",
        where="Declined by {receiver}. The family stayed with {keeper}.",
        where_of_one_team="Declined by {receiver}, who tell whoever sent it in.",
        onwards="who declined it.",
        where_outside="{who} declined it {on}. The family stays with {sender}.",
        is_decision=True,
        told_outside="{team} cannot take on your referral {ref}, and will ring you to say why.",
        is_rung=True,
        comes_back=True,
    ),
    Status.CLOSED: StatusFacts(
        Holder.NOBODY,
        "grey",
        stands="has been closed",
        done="closed",
        where="Finished: {receiver} has said what came of it.",
        onwards="who have finished.",
        where_outside="{who} said what came of it {on}.",
        told_outside="{team} has finished what your referral {ref} asked for.",
        is_rung=True,
    ),
    Status.REDIRECTED: StatusFacts(
        Holder.NOBODY,
        "purple",
        stands="has been redirected",
        done="redirected",
        where="Redirected by {receiver}",
        where_of_one_team=(
            "Redirected to another team. {receiver} stays responsible until it answers."
        ),
        onwards="who redirected it again.",
        is_decision=True,
        is_imported=False,
        told_outside="{team} has sent your referral {ref} on to the team it is for.",
        is_rung_if_unwritten=True,
    ),
    Status.WITHDRAWN: StatusFacts(
        Holder.NOBODY,
        "grey",
        stands="has been withdrawn",
        done="withdrawn",
        where="Withdrawn by {sender}. The family stayed with {keeper}.",
        where_of_one_team="Withdrawn by {receiver}.",
        onwards="from whom it was withdrawn.",
        where_outside="Withdrawn by {sender}, with whom the family stays.",
        may_be_unsent=True,
        is_imported=False,
    ),
    Status.EXPIRED: StatusFacts(
        Holder.NOBODY,
        "red",
        stands="has expired",
        done="ended",
        where="Expired without an answer. The family stayed with {keeper}.",
        where_of_one_team="Expired without an answer. It is back with {name}.",
        onwards="who did not answer in time.",
        where_outside="Nobody answered. It is back with {sender}.",
        is_imported=False,
        told_outside="Your referral {ref} has not been answered in time. {team} will ring you.",
        comes_back=True,
    ),
}


def statuses_where(fits: Callable[[StatusFacts], object]) -> list[Status]:
    """Those of which this is so, in the order of a referral's life."""
    return [status for status in Status if fits(STATUSES[status])]


HELD_BY_SENDER = statuses_where(lambda facts: facts.holder == Holder.SENDER)
HELD_BY_RECEIVER = statuses_where(lambda facts: facts.holder == Holder.RECEIVER)
UNFINISHED = [*HELD_BY_SENDER, *HELD_BY_RECEIVER]
OVER = statuses_where(lambda facts: facts.holder == Holder.NOBODY)
UNANSWERED = statuses_where(lambda facts: facts.is_unanswered)
# Of those that the receiver holds: what it has yet to answer, and what it has taken on.
TO_ANSWER = statuses_where(lambda facts: facts.holder == Holder.RECEIVER and facts.is_unanswered)
TAKEN_ON = statuses_where(lambda facts: facts.holder == Holder.RECEIVER and not facts.is_unanswered)
TO_ACKNOWLEDGE = statuses_where(lambda facts: facts.clock == ClockKind.ACKNOWLEDGEMENT)
WITH_A_CLOCK = statuses_where(lambda facts: facts.clock)
DECISIONS = statuses_where(lambda facts: facts.is_decision)
MAY_BE_UNSENT = statuses_where(lambda facts: facts.may_be_unsent)
IMPORTED = statuses_where(lambda facts: facts.is_imported)
LEAP_ALONE = statuses_where(lambda facts: not facts.is_imported)
COMES_BACK = statuses_where(lambda facts: facts.comes_back)
OUTSIDE = [Status(status) for status, facts in STATUSES.items() if facts.where_outside]

declare({status.value: (status.label, STATUSES[status].colour) for status in Status})
