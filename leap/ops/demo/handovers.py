"""Referrals: sent, answered, worked and closed, as far as today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from leap.core.accounts.models import Team, User
from leap.ops.demo.referral_texts import (
    ALTERNATIVES,
    ANSWERS,
    DECLINED,
    OUTCOMES,
    QUESTIONS,
    WITHDRAWN,
)
from leap.ops.demo.seeded_random import Chance
from leap.ops.demo.stories import Story
from leap.ops.demo.working_hours import DAY, at, in_hours, working_day
from leap.ops.demo.write_records import begin_health_visiting, involve
from referrals.models import Note, Referral, Status
from referrals.working_days import WorkingDays

HOUR = timedelta(hours=1)
CALENDAR = WorkingDays()  # no day is set apart in the demonstration
THEIR_AREA = "They live in the area of this team, who know the estate and can start at once."


@dataclass
class DemoReferral:
    """A referral to be told: what is asked, and what becomes of it."""

    pathway: str
    from_team: Team
    to_team: Team
    sent_at: datetime
    reason: str
    becomes: str = "accepted"  # or a status that ends it, or "waits", or "draft"
    first_contact_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""
    to: User | None = None


def refer(story: Story, request: DemoReferral) -> Referral:
    """Tell a referral as far as today; when it is accepted, the receiver is involved or leads."""
    world = story.world
    sender = story.worker(request.from_team, request.sent_at.date())
    referral = world.add(
        Referral(
            ref=world.ref("RF", 8),
            family=story.family,
            pathway=world.pathways[request.pathway],
            from_team=request.from_team,
            to_team=request.to_team,
            reason=request.reason,
            made_at=request.sent_at - timedelta(minutes=story.chance.randint(4, 25)),
        )
    )
    _event(story, referral, "drafted", referral.made_at, sender)
    if request.becomes != Status.DRAFT:
        sent_at = request.sent_at
        day, pathway = sent_at.date(), referral.pathway
        referral.status = Status.SENT
        referral.sent_at, referral.sent_by = sent_at, sender
        referral.acknowledge_by = CALENDAR.after(day, pathway.acknowledge_within)
        referral.first_contact_by = CALENDAR.after(day, pathway.first_contact_within)
        if pathway.can_expire and pathway.expires_after:
            referral.expires_on = CALENDAR.after(day, pathway.expires_after)
        referral.pathway_version = pathway.version
        _event(story, referral, "sent", sent_at, sender)
        # What the receiver does with it, and when.
        receiver = request.to or story.worker(request.to_team, request.sent_at.date())
        acknowledged_at = _answer_time(story.chance, request)
        if request.becomes in _WAYS:
            if acknowledged_at < story.world.until:
                _WAYS[request.becomes](story, referral, acknowledged_at, receiver)
        elif request.becomes == "accepted":
            _accept(story, referral, request, acknowledged_at, receiver)
    return referral


def _answer_time(chance: Chance, request: DemoReferral) -> datetime:
    """Mostly the same or the next working day; about one in eight is later than that."""
    sent_on = request.sent_at.date()
    at_once = request.becomes in ("acknowledged", "information_asked")
    wait = 0 if at_once else chance.pick({0: 0.44, 1: 0.45, 2: 0.05, 3: 0.04, 5: 0.02})
    answered_at = (
        request.sent_at + timedelta(minutes=chance.randint(30, 300))
        if wait == 0
        else in_hours(chance, CALENDAR.after(sent_on, wait), 9, 16)
    )
    if request.first_contact_at:  # nobody visits before the referral is theirs
        answered_at = min(answered_at, request.first_contact_at - 2 * HOUR)
    return max(answered_at, request.sent_at + timedelta(minutes=20))


def _accept(
    story: Story,
    referral: Referral,
    request: DemoReferral,
    acknowledged_at: datetime,
    receiver: User,
) -> None:
    chance, until = story.chance, story.world.until
    accepted_at = acknowledged_at
    if chance.happens(0.4):
        later = working_day(acknowledged_at.date() + DAY)
        accepted_at = in_hours(chance, later, 9, 16)
    if request.first_contact_at:
        accepted_at = max(acknowledged_at, min(accepted_at, request.first_contact_at - HOUR))
    if accepted_at != acknowledged_at and acknowledged_at < until:
        _acknowledge(story, referral, acknowledged_at, receiver)
    if accepted_at < until:
        _take_on(story, referral, accepted_at, receiver)
        work = story.world.until
        if request.first_contact_at and request.first_contact_at < work:
            referral.status, referral.first_contact_at = (
                Status.IN_PROGRESS,
                request.first_contact_at,
            )
            _event(story, referral, "first_contact", request.first_contact_at + HOUR, receiver)
        if request.closed_at and request.closed_at < work:
            close(story, referral, request.closed_at, request.outcome)


def _acknowledge(story: Story, referral: Referral, when: datetime, by: User) -> None:
    referral.status, referral.acknowledged_at = Status.ACKNOWLEDGED, when
    _event(story, referral, "acknowledged", when, by)


def _take_on(story: Story, referral: Referral, when: datetime, by: User) -> None:
    referral.status, referral.accepted_at = Status.ACCEPTED, when
    referral.acknowledged_at = referral.acknowledged_at or when
    referral.decided_by = referral.allocated_to = by
    if referral.to_team.discipline == "health_visiting":
        begin_health_visiting(story, when, "referral_accepted", by)
    else:
        involve(story, referral.to_team, when, "referral_accepted", by=by)
    if referral.pathway.moves_lead and story.led_by(when) != referral.to_team:
        story.leads.append((when, referral.to_team, by))
        story.world.note(
            when, "family.lead_moved", by=by, family=story.family, team=referral.to_team
        )
    _event(story, referral, "accepted", when, by)


def close(story: Story, referral: Referral, when: datetime, outcome: str) -> None:
    """End the work that was asked for, and say what came of it."""
    referral.status, referral.closed_at, referral.outcome = Status.CLOSED, when, outcome
    _event(story, referral, "closed", when, referral.allocated_to)


def close_if_over(story: Story, referral: Referral, worked_until: date, outcomes: str) -> bool:
    """Close it and end the team's spell, when the last contact was over three weeks ago."""
    when = in_hours(story.chance, working_day(worked_until + 5 * DAY), 14, 18)
    when = max([when, *(since + HOUR for since, _, _ in story.leads)])
    if worked_until > story.world.as_at - 21 * DAY or story.led_by(when) == referral.to_team:
        return False
    close(story, referral, when, story.chance.choice(OUTCOMES[outcomes]))
    for spell in story.spells[referral.to_team.code]:
        spell.ended_at = spell.ended_at or when + HOUR
    return True


def _decline(story: Story, referral: Referral, when: datetime, by: User) -> None:
    place = story.chance.randrange(len(DECLINED))
    referral.status, referral.declined_at, referral.decided_by = Status.DECLINED, when, by
    referral.acknowledged_at = when
    referral.decline_reason, referral.alternative = DECLINED[place], ALTERNATIVES[place]
    _event(story, referral, "declined", when, by)


def _ask(story: Story, referral: Referral, when: datetime, by: User) -> None:
    referral.status, referral.acknowledged_at = Status.INFORMATION_ASKED, when
    place = story.chance.randrange(len(QUESTIONS))
    _note(story, referral, Note.Kind.ASKED, QUESTIONS[place], when, by)
    _event(story, referral, "information_asked", when, by)


def _ask_and_hear(story: Story, referral: Referral, when: datetime, by: User) -> None:
    _ask(story, referral, when, by)
    question = story.world.rows[Note][-1].text
    answered_at = when + timedelta(hours=story.chance.choice((2, 3, 20, 24)))
    if answered_at < story.world.until and referral.sent_by:
        referral.status = Status.SENT
        answer = ANSWERS[QUESTIONS.index(question)]
        _note(story, referral, Note.Kind.ANSWERED, answer, answered_at, referral.sent_by)
        _event(story, referral, "information_given", answered_at, referral.sent_by)


def _withdraw(story: Story, referral: Referral, when: datetime, by: User) -> None:
    sender = referral.sent_by or by
    referral.status, referral.ended_at = Status.WITHDRAWN, when
    why = story.chance.choice(WITHDRAWN)
    _note(story, referral, Note.Kind.WITHDRAWN, why, when, sender)
    _event(story, referral, "withdrawn", when, sender)


def _redirect(story: Story, referral: Referral, when: datetime, by: User) -> None:
    referral.status, referral.acknowledged_at, referral.decided_by = Status.REDIRECTED, when, by
    referral.ended_at = when
    _note(story, referral, Note.Kind.REDIRECTED, THEIR_AREA, when, by)
    _event(story, referral, "redirected", when, by)
    _send_on(story, referral, when + timedelta(minutes=5))


def _send_on(story: Story, referral: Referral, sent_at: datetime) -> None:
    """To another team of the discipline, by the sender of the first; it is worked and closed."""
    world, receiver = story.world, referral.to_team
    others = [team for team in world.teams.values() if team.discipline == receiver.discipline]
    if not story.could_happen(sent_at) or others == [receiver]:
        return
    chance = world.chance("sent on", referral.ref)
    met_on = CALENDAR.after(sent_at.date(), 4)
    closed_at = in_hours(chance, CALENDAR.after(met_on, 30), 15, 17)
    onwards = refer(
        story,
        DemoReferral(
            referral.pathway.code,
            referral.from_team,
            next(team for team in others if team != receiver),
            sent_at,
            THEIR_AREA,
            first_contact_at=in_hours(chance, met_on, 10, 15),
            closed_at=closed_at,
            outcome=chance.choice(OUTCOMES["family-support"]),
        ),
    )
    onwards.sent_by = referral.sent_by
    if onwards.closed_at:
        for spell in story.spells[onwards.to_team.code]:
            spell.ended_at = spell.ended_at or closed_at + HOUR
    world.once_saved.append(lambda: _link(referral, onwards))


def _link(referral: Referral, onwards: Referral) -> None:
    Referral.objects.filter(ref=onwards.ref).update(follows=referral)


def _expire(story: Story, referral: Referral, when: datetime, by: User) -> None:
    ended_at = at(CALENDAR.after(when.date(), 20), 6, 30)
    if ended_at < story.world.until:
        referral.status, referral.ended_at = Status.EXPIRED, ended_at
        _event(story, referral, "expired", ended_at, None)


_WAYS = {
    "acknowledged": _acknowledge,
    "declined": _decline,
    "information_asked": _ask,
    "information_given": _ask_and_hear,
    "withdrawn": _withdraw,
    "redirected": _redirect,
    "expired": _expire,
}


def _note(
    story: Story, referral: Referral, kind: Note.Kind, text: str, when: datetime, by: User
) -> None:
    theirs = (Note.Kind.ASKED, Note.Kind.REDIRECTED)
    team = referral.to_team if kind in theirs else referral.from_team
    story.world.add(Note(referral=referral, kind=kind, team=team, by=by, at=when, text=text))


def _event(story: Story, referral: Referral, move: str, when: datetime, by: User | None) -> None:
    senders = ("drafted", "sent", "withdrawn", "information_given")
    story.world.note(
        when,
        f"referral.{move}",
        by=by,
        family=story.family,
        subject=referral,
        team=referral.from_team if move in senders else referral.to_team,
        pathway=referral.pathway.code,
        from_team=referral.from_team.code,
        to_team=referral.to_team.code,
    )
