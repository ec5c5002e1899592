"""What has happened to a referral, for both sides: where it is now, and the steps so far."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.ui.formatting import short_day
from referrals.models import STATUSES, Challenge, Referral, Status
from referrals.working_days import WorkingDays


@dataclass(frozen=True)
class HistoryStep:
    title: str
    at: datetime
    by: User | str = ""
    text: str = ""
    took: str = ""  # how long it had stood where it was before


def describe_position(referral: Referral) -> str:
    """One line, always true: who has it, and what is awaited."""
    facts = STATUSES[referral.status]
    one_team = facts.where_of_one_team if referral.is_internal else ""
    sentence = (one_team or facts.where).format(
        sender=referral.from_team,
        receiver=referral.to_team,
        whom=f" ({referral.allocated_to})" if referral.allocated_to else "",
        keeper=referral.to_team if referral.pathway.asks_for_lead else referral.from_team,
        name=referral.sent_by or referral.from_team,
    )
    sentence += _since(referral)
    if referral.clock_paused_at:
        sentence += f" The clock has been paused since {short_day(referral.clock_paused_at)}."
    if referral.joint_until and referral.joint_until >= timezone.localdate():
        sentence += f" Both teams visit until {short_day(referral.joint_until)}."
    return sentence


def _since(referral: Referral) -> str:
    """What has become of it since it ended, as far as its reader may see that."""
    if referral.status == Status.REDIRECTED and not referral.is_internal:
        return _onwards(referral)
    challenge = getattr(referral, "challenge", None) if referral.status == Status.DECLINED else None
    if challenge is None:
        return ""
    if challenge.is_open:
        stage = challenge.get_stage_display()
        return f" {referral.from_team} disagrees: it is {stage[0].lower()}{stage[1:]}."
    if challenge.proposed == Challenge.Outcome.TAKEN_ON:
        return f" Both sides have since agreed that {referral.to_team} takes it on: sent again."
    return " Both sides have since agreed that this stands."


def _onwards(referral: Referral) -> str:
    onwards = getattr(referral, "followed_by", None)
    if onwards is None:
        return " to another team."
    became = STATUSES[onwards.status].onwards.format(sender=onwards.from_team)
    return f" to {onwards.to_team}, {became}"


@dataclass(frozen=True)
class HistoryNote:
    """Something a team wrote to ask for this, or to send it on."""

    team: str
    text: str


def notes_of(chain: list[Referral]) -> list[HistoryNote]:
    """What the sender wrote, and then each team that sent it on: read where it stands, no copy."""
    first, *others = chain
    sent_on = [
        HistoryNote(f"{before.to_team}, who sent it on", referral.reason)
        for before, referral in zip(chain, others, strict=False)
    ]
    return [HistoryNote(str(first.from_team), first.reason), *sent_on]


def steps_of(referral: Referral, calendar: WorkingDays) -> list[HistoryStep]:
    """The steps so far, newest first."""
    receiver, decided_by = referral.to_team, referral.decided_by or ""
    alternative = f"Instead: {referral.alternative}" if referral.alternative else ""
    why = "\n\n".join(filter(None, [referral.decline_reason, alternative]))
    moves = [
        *_begun(referral),
        ("Acknowledged", referral.acknowledged_at, receiver.name, ""),
        ("Accepted", referral.accepted_at, decided_by or receiver.name, ""),
        ("Declined", referral.declined_at, decided_by or receiver.name, why),
        ("First contact", referral.first_contact_at, receiver.name, ""),
        ("Closed", referral.closed_at, receiver.name, referral.outcome),
    ]
    steps = [
        *[HistoryStep(title, at, by, text) for title, at, by, text in moves if at],
        *(
            HistoryStep(note.get_kind_display(), note.at, note.by or "the clock", note.text)
            for note in referral.notes.select_related("by")
        ),
    ]
    steps.sort(key=lambda step: step.at)
    timed = []
    for before, step in pairwise(steps):
        # Said where that is a day or more.
        days = calendar.late(timezone.localdate(before.at), timezone.localdate(step.at))
        took = f"after {days} working day{'' if days == 1 else 's'}" if days else ""
        timed.append(HistoryStep(step.title, step.at, step.by, step.text, took))
    return [*reversed(timed), *steps[:1]]


def _begun(referral: Referral) -> list[tuple[str, datetime | None, User | str, str]]:
    """Sent, by whom; or sent in from outside, and taken in by somebody here."""
    sender = referral.sent_by or referral.from_team.name
    incoming = referral.from_outside if referral.incoming_id else None
    if incoming is None:
        return [("Sent", referral.sent_at, sender, "")]
    sent_in = ("Sent in from outside", referral.sent_at, incoming.sender, "")
    return [sent_in, ("Taken in", incoming.settled_at, sender, "")]
