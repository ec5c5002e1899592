"""What befell some referrals besides the usual: run out, paused, escalated, disputed."""

from datetime import datetime, timedelta

from leap.core.accounts.models import Membership, Team, User
from leap.ops.demo.working_hours import DAY, at, working_day
from leap.ops.demo.world import World
from referrals.models import Challenge, ChallengeStage, Note, Referral, Status, Task
from referrals.working_days import WorkingDays

AN_HOUR = timedelta(hours=1)
AWAY = "The family is with grandparents until the end of the week. They asked us to ring then."
SHE_IS_WORSE = "She has hardly slept since, and the health visitor is the only one she sees."
NOT_YET = "We offered a group, which she cannot get to. A visit at home is what she needs."
RANG = "Rang the team. They had read it, and were waiting for a call back from the mother."


def happen(world: World) -> None:
    """Choose among what was told, the latest first, so that the tour meets each."""
    referrals: list[Referral] = sorted(
        (row for row in world.rows[Referral] if row.sent_at),
        key=lambda row: row.sent_at or world.until,
        reverse=True,
    )
    for place, referral in enumerate(_in(referrals, Status.EXPIRED)):
        _give_back(world, referral, waiting=place == 0)
    _pause(world, next(iter(_in(referrals, Status.ACKNOWLEDGED, Status.ACCEPTED)), None))
    for referral in _in(referrals, Status.SENT):
        _escalate(world, referral)
    declined = [row for row in _in(referrals, Status.DECLINED) if not row.pathway.moves_lead]
    for referral, settled in zip(declined, (False, True), strict=False):
        _dispute(world, referral, settled=settled)


def _in(referrals: list[Referral], *statuses: str) -> list[Referral]:
    return [row for row in referrals if row.status in statuses]


def _give_back(world: World, referral: Referral, *, waiting: bool) -> None:
    """To whoever sent it; the latest still waits for them to say what they did."""
    ended_at, sender = referral.ended_at, referral.sent_by
    if ended_at is None or sender is None:
        return
    sentence = f"Nobody answered in time. It is back with {sender}, who decides what to do now."
    _note(world, referral, Note.Kind.EXPIRED, sentence, ended_at, None)
    task = _task(world, referral, Task.Kind.RETURNED, referral.from_team, sender, ended_at)
    if not waiting:
        task.done_at, task.done_by, task.what_was_done = ended_at + AN_HOUR, sender, RANG


def _pause(world: World, referral: Referral | None) -> None:
    if referral is None or referral.sent_at is None:
        return
    by = referral.decided_by or _manager(world, referral.to_team)
    steps = [referral.sent_at, referral.acknowledged_at, referral.accepted_at]
    when = max(step for step in steps if step) + AN_HOUR
    if when < world.until:
        referral.clock_paused_at = when
        _note(world, referral, Note.Kind.PAUSED, AWAY, when, by, team=referral.to_team)
        _event(world, referral, "paused", when, by, referral.to_team)


def _escalate(world: World, referral: Referral) -> None:
    """To the manager of the team that has not read it, on the first working morning after."""
    due_on, team = referral.acknowledge_by, referral.to_team
    if due_on is None or referral.acknowledged_at:
        return
    when, manager = at(working_day(due_on + DAY), 6, 30), _manager(world, team)
    if when >= world.until or manager is None:
        return
    task = _task(world, referral, Task.Kind.LATE, team, manager, when)
    task.about, task.due_on = "acknowledgement", due_on
    sentence = f"Acknowledgement is late. {manager} ({team}) has been told."
    _note(world, referral, Note.Kind.ESCALATED, sentence, when, None, team=team)
    _event(world, referral, "escalated", when, None, team)


def _dispute(world: World, referral: Referral, *, settled: bool) -> None:
    """The sender disagrees; one such goes on between the managers, one was settled."""
    declined_at, sender = referral.declined_at, referral.sent_by
    if declined_at is None or sender is None or referral.decided_by is None:
        return
    opened_at = declined_at + AN_HOUR
    challenge = world.add(Challenge(referral=referral, opened_at=opened_at))
    _note(world, referral, Note.Kind.CHALLENGED, SHE_IS_WORSE, opened_at, sender)
    _event(world, referral, "challenged", opened_at, sender, referral.from_team)
    speakers = (sender, referral.decided_by)
    _stage(world, challenge, "practitioners", opened_at, speakers, days=2)
    if settled:
        _settle(world, challenge, opened_at + AN_HOUR)
    elif opened_at + AN_HOUR < world.until:
        raised_at = opened_at + AN_HOUR
        challenge.stage = Challenge.Stage.MANAGERS
        _note(world, referral, Note.Kind.RAISED, NOT_YET, raised_at, sender)
        _event(world, referral, "challenge_raised", raised_at, sender, referral.from_team)
        sides = (referral.from_team, referral.to_team)
        managers = (_manager(world, sides[0]), _manager(world, sides[1]))
        stage = _stage(world, challenge, "managers", raised_at, managers, days=3)
        for team, who in zip(sides, managers, strict=True):
            if who:
                task = _task(world, referral, Task.Kind.DISAGREEMENT, team, who, raised_at)
                task.about, task.due_on = "managers", stage.agree_by


def _settle(world: World, challenge: Challenge, when: datetime) -> None:
    referral = challenge.referral
    challenge.proposed, challenge.settled_at = Challenge.Outcome.STANDS, when
    challenge.proposed_by, challenge.proposed_by_team = referral.decided_by, referral.to_team
    challenge.agreed_by = referral.sent_by
    sentence = Challenge.Outcome.STANDS.label
    _note(world, referral, Note.Kind.AGREED, sentence, when, referral.sent_by)
    _event(world, referral, "challenge_settled", when, referral.sent_by, referral.from_team)


def _stage(
    world: World,
    challenge: Challenge,
    stage: str,
    when: datetime,
    speakers: tuple[User | None, User | None],
    *,
    days: int,
) -> ChallengeStage:
    return world.add(
        ChallengeStage(
            challenge=challenge,
            stage=stage,
            for_sender=speakers[0],
            for_receiver=speakers[1],
            started_at=when,
            started_by=challenge.referral.sent_by,
            agree_by=WorkingDays().after(when.date(), days),
        )
    )


def _manager(world: World, team: Team) -> User | None:
    managers: list[User] = [
        spell.user
        for spell in world.rows[Membership]
        if spell.team == team and spell.role == Membership.Role.MANAGER and not spell.ended_on
    ]
    return managers[0] if managers else None


def _task(
    world: World, referral: Referral, kind: Task.Kind, team: Team, to: User, when: datetime
) -> Task:
    ref = world.ref("T", 8)
    return world.add(Task(ref=ref, referral=referral, kind=kind, team=team, to=to, made_at=when))


def _note(
    world: World,
    referral: Referral,
    kind: Note.Kind,
    text: str,
    when: datetime,
    by: User | None,
    *,
    team: Team | None = None,
) -> None:
    side = team or referral.from_team
    world.add(Note(referral=referral, kind=kind, team=side, by=by, at=when, text=text))


def _event(
    world: World, referral: Referral, move: str, when: datetime, by: User | None, team: Team
) -> None:
    world.note(
        when,
        f"referral.{move}",
        by=by,
        family=referral.family,
        subject=referral,
        team=team,
        pathway=referral.pathway.code,
        from_team=referral.from_team.code,
        to_team=referral.to_team.code,
    )
