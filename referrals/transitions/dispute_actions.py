"""Disagreement about a decline: raised by stages, ended only when both sides say the same."""

from django.db import transaction
from django.utils import timezone

from families.access.locking import lock_family
from leap.core.accounts.models import Team, User
from leap.core.exceptions import Conflict
from leap.core.notifications.types import NotificationType
from referrals import rules
from referrals.models import Challenge, ChallengeStage, Note, Referral, Task
from referrals.notifications import notify_team
from referrals.recipients import lead_of, named_manager
from referrals.transitions.sender_actions import send_on
from referrals.transitions.task_actions import end_tasks, give_task
from referrals.transitions.transition import record_referral_event, write_transition
from referrals.working_days import WorkingDays

# Working days in which each stage should end, before it is raised to the next.
DAYS_TO_AGREE = {
    Challenge.Stage.PRACTITIONERS: 2,
    Challenge.Stage.MANAGERS: 3,
    Challenge.Stage.LEADS: 5,
}


@transaction.atomic
def challenge(*, referral: Referral, why: str, by: User) -> Challenge:
    """Disagree with a decline. The family stays with its sender until both sides agree."""
    rules.check_can_challenge(referral, by)
    rules.check_is_said(why=why)
    made, new = Challenge.objects.get_or_create(referral=referral)
    if not new:
        raise Conflict("Somebody of your team has already disagreed with this decision.")
    write_transition(Note.Kind.CHALLENGED, referral, why, by=by, team=referral.from_team)
    record_referral_event("referral.challenged", referral, by=by, team=referral.from_team)
    _begin(made, for_sender=by, for_receiver=referral.decided_by, by=by)
    message = f"{referral.from_team} disagrees with a decision of yours."
    notify_team(referral.to_team, NotificationType.DISAGREEMENT, message, referral, by=by)
    return made


def _begin(
    challenge: Challenge, *, for_sender: User | None, for_receiver: User | None, by: User
) -> None:
    """Open a stage: who speaks for each side, and by when they should have agreed."""
    referral, stage = challenge.referral, challenge.stage
    days = DAYS_TO_AGREE[Challenge.Stage(stage)]
    agree_by = WorkingDays.read().after(timezone.localdate(), days)
    ChallengeStage.objects.create(
        challenge=challenge,
        stage=stage,
        for_sender=for_sender,
        for_receiver=for_receiver,
        started_by=by,
        agree_by=agree_by,
    )
    end_tasks(referral, Task.Kind.DISAGREEMENT, by=by)
    for team, who in ((referral.from_team, for_sender), (referral.to_team, for_receiver)):
        give_task(
            Task.Kind.DISAGREEMENT,
            referral,
            team=team,
            to=who,
            message="You speak for your side in a disagreement about a referral.",
            about=stage,
            due_on=agree_by,
        )


@transaction.atomic
def take_further(*, referral: Referral, why: str, by: User) -> None:
    """Take the disagreement to the next stage: the managers, then the agencies' leads."""
    dispute = rules.check_can_take_further(referral, by)
    rules.check_is_said(why=why)
    onwards = rules.stage_after(dispute)
    changed = Challenge.objects.open().filter(pk=dispute.pk, stage=dispute.stage)
    if not changed.update(stage=onwards, proposed="", proposed_by=None, proposed_by_team=None):
        raise Conflict("Somebody else has just raised or settled this disagreement.")
    dispute.refresh_from_db()
    team = rules.side_of(referral, by)
    write_transition(Note.Kind.RAISED, referral, why, by=by, team=team)
    record_referral_event("referral.challenge_raised", referral, by=by, team=team, stage=onwards)
    _begin(
        dispute,
        for_sender=_speaker(referral.from_team, onwards),
        for_receiver=_speaker(referral.to_team, onwards),
        by=by,
    )


def _speaker(team: Team, stage: str) -> User | None:
    manager = named_manager(team)
    if stage == Challenge.Stage.MANAGERS:
        return manager
    return lead_of(team.agency, other_than=manager) or manager


@transaction.atomic
def propose(*, referral: Referral, settled_as: str, why: str, by: User) -> None:
    """Say how your side would settle it. Nothing is settled until the other side agrees."""
    dispute = rules.check_can_settle(referral, by)
    rules.check_is_said(why=why)
    team = rules.side_of(referral, by)
    changed = Challenge.objects.open().filter(pk=dispute.pk, stage=dispute.stage)
    if not changed.update(proposed=settled_as, proposed_by=by, proposed_by_team=team):
        raise Conflict("Somebody else has just raised or settled this disagreement.")
    text = f"{Challenge.Outcome(settled_as).label}. {why}"
    write_transition(Note.Kind.PROPOSED, referral, text, by=by, team=team)
    record_referral_event(
        "referral.challenge_proposed", referral, by=by, team=team, settled_as=settled_as
    )
    message = f"{team} proposes how to settle a disagreement."
    notify_team(_other(referral, team), NotificationType.DISAGREEMENT, message, referral, by=by)


@transaction.atomic
def agree(*, referral: Referral, by: User) -> None:
    """Agree with what the other side proposes: recorded for both, that ends it.

    Where it was agreed that the receiving team takes the family on, it is sent to them again, by
    the same sender; the decline stays on record.
    """
    lock_family(referral.family)  # nobody sends it again meanwhile
    dispute = rules.check_can_agree(referral, by)
    changed = Challenge.objects.open().filter(
        pk=dispute.pk, proposed=dispute.proposed, proposed_by=dispute.proposed_by
    )
    if not changed.update(settled_at=timezone.now(), agreed_by=by):
        raise Conflict("Somebody else has just changed or settled this disagreement.")
    team = rules.side_of(referral, by)
    write_transition(Note.Kind.AGREED, referral, dispute.get_proposed_display(), by=by, team=team)
    end_tasks(referral, Task.Kind.DISAGREEMENT, by=by)
    record_referral_event(
        "referral.challenge_settled", referral, by=by, team=team, as_=dispute.proposed
    )
    message = f"{team} agrees: the disagreement is settled."
    notify_team(_other(referral, team), NotificationType.DISAGREEMENT, message, referral, by=by)
    if dispute.proposed == Challenge.Outcome.TAKEN_ON:
        reason = "Sent again: both sides agreed that you take this on."
        send_on(referral, pathway=referral.pathway, to_team=referral.to_team, reason=reason, by=by)


def _other(referral: Referral, team: Team) -> Team:
    return referral.from_team if team == referral.to_team else referral.to_team
