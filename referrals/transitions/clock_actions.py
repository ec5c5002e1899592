"""What the clock does: it is paused and goes on, it tells somebody, it gives back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from leap.core.accounts.models import Team, User
from leap.core.notifications.types import NotificationType
from referrals import rules
from referrals.clocks import RED, Clock, lateness
from referrals.models import Note, Referral, Status, Task
from referrals.notifications import notify_team
from referrals.recipients import named_manager, named_sender
from referrals.transitions.sender_update_actions import update_external_sender
from referrals.transitions.task_actions import end_tasks, give_task
from referrals.transitions.transition import (
    change,
    record_referral_event,
    resume_clock,
    transition,
    write_transition,
)
from referrals.working_days import WorkingDays


@transaction.atomic
def pause(*, referral: Referral, why: str, by: User) -> None:
    """Stop the clock for a reason that both sides read: the family is away, the mother is ill."""
    rules.check_can_pause(referral, by)
    rules.check_is_said(why=why)
    change(referral, clock_paused_at=timezone.now())
    team, other = _sides(referral, by)
    write_transition(Note.Kind.PAUSED, referral, why, by=by, team=team)
    record_referral_event("referral.paused", referral, by=by, team=team)
    notify_team(
        other,
        NotificationType.CLOCK,
        f"{team} has paused the clock of a referral.",
        referral,
        by=by,
    )


@transaction.atomic
def resume(*, referral: Referral, by: User) -> None:
    """Let the clock go on. What was due falls due as many working days later as it was paused."""
    rules.check_can_resume(referral, by)
    change(referral, **resume_clock(referral, by=by))
    team, other = _sides(referral, by)
    record_referral_event("referral.resumed", referral, by=by, team=team)
    notify_team(
        other,
        NotificationType.CLOCK,
        f"The clock of a referral with {team} goes on.",
        referral,
        by=by,
    )


def _sides(referral: Referral, user: User) -> tuple[Team, Team]:
    """The team that `user` acts for, and the other one."""
    if user.works_in(referral.to_team_id):
        return referral.to_team, referral.from_team
    return referral.from_team, referral.to_team


@transaction.atomic
def expire(*, referral: Referral, today: date) -> None:
    """Give it back to the practitioner who sent it: nobody answered in the pathway's time."""
    rules.check_has_run_out(referral, today)
    sender = named_sender(referral)
    transition(referral, Status.EXPIRED, by=None, ended_at=timezone.now())
    team = referral.from_team
    text = f"Nobody answered in time. It is back with {sender or team}, who decides what to do now."
    write_transition(Note.Kind.EXPIRED, referral, text, by=None, team=team)
    end_tasks(referral, Task.Kind.LATE, Task.Kind.LATE_FOR_SENDER, by=None)
    record_referral_event("referral.expired", referral, by=None, team=team, to=_ref(sender))
    mail = "A referral you sent has come back without an answer. The family is still with you."
    give_task(Task.Kind.RETURNED, referral, team=team, to=sender, message=mail)
    gone = "A referral to your team has expired without an answer."
    notify_team(referral.to_team, NotificationType.WITHDRAWN, gone, referral, by=None)
    update_external_sender(referral, Status.EXPIRED, by=None)


def _ref(user: User | None) -> str:
    return str(user.ref) if user else ""


@transaction.atomic
def escalate(*, referral: Referral, today: date, calendar: WorkingDays) -> None:
    """Tell the manager of the team whose turn it is that it is late; later, the sender's too.

    Once for each clock and level, however often it is looked at.
    """
    clock = lateness(referral, today, calendar)
    if clock is None or clock.state != RED:
        return
    holder = referral.held_by_team or referral.to_team
    _escalate_to(Task.Kind.LATE, holder, referral, clock)
    sender = referral.from_team
    if clock.days_late >= referral.pathway.escalates_after and sender != holder:
        _escalate_to(Task.Kind.LATE_FOR_SENDER, sender, referral, clock)


def _escalate_to(kind: Task.Kind, team: Team, referral: Referral, clock: Clock) -> None:
    manager = named_manager(team)
    mail = f"A referral that concerns {team} is late. Please see to it."
    about, due_on = clock.awaited, clock.due_on
    new = give_task(kind, referral, team=team, to=manager, message=mail, about=about, due_on=due_on)
    if new:
        text = f"{clock.awaited.capitalize()} is late. {manager or team} ({team}) has been told."
        write_transition(Note.Kind.ESCALATED, referral, text, by=None, team=team)
        record_referral_event(
            "referral.escalated", referral, by=None, team=team, level=kind, to=_ref(manager)
        )
