"""What somebody must see to: giving a named person a task, and its being done."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from leap.core.accounts.models import Team, User
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref
from leap.core.notifications.types import NotificationType
from leap.core.rls.session import bypass_rls
from referrals import rules
from referrals.models import Referral, Task
from referrals.notifications import notify_person
from referrals.transitions.transition import record_referral_event


def give_task(
    kind: Task.Kind,
    referral: Referral,
    *,
    team: Team,
    to: User | None,
    message: str,
    about: str = "",
    due_on: date | None = None,
) -> bool:
    """Give `to` something to do about a referral, once for each cause; whether it was new.

    `message` is the sentence of the e-mail. What an import brought sends none: it is history.
    """
    with bypass_rls("a task is given to somebody of another team"):
        _, is_new = Task.objects.get_or_create(
            referral=referral,
            kind=kind,
            about=about,
            due_on=due_on,
            team=team,
            defaults={"ref": new_ref("T", 8), "to": to},
        )
    if is_new and to and not referral.source:
        notify_person(to, TOLD_AS.get(kind, NotificationType.RETURNED), message, referral)
    return is_new


TOLD_AS = {
    Task.Kind.LATE: NotificationType.ESCALATED,
    Task.Kind.LATE_FOR_SENDER: NotificationType.ESCALATED,
    Task.Kind.RETURNED: NotificationType.RETURNED,
    Task.Kind.GAP: NotificationType.ESCALATED,
    Task.Kind.DISAGREEMENT: NotificationType.DISAGREEMENT,
}


@transaction.atomic
def do_task(*, task: Task, what_was_done: str, by: User) -> None:
    """Say what was done about it, which ends the task."""
    rules.check_can_do_task(task, by)
    rules.check_is_said(what_was_done=what_was_done)
    done = Task.objects.waiting().filter(pk=task.pk)
    if not done.update(done_at=timezone.now(), done_by=by, what_was_done=what_was_done):
        raise Conflict("Somebody else has just done this.")
    record_referral_event(
        "referral.task_done", task.referral, by=by, team=task.team, task=task.kind
    )


def end_tasks(referral: Referral, *kinds: str, by: User | None) -> None:
    """What these tasks asked for has come about by itself."""
    waiting = Task.objects.waiting().filter(referral=referral, kind__in=kinds)
    with bypass_rls("what one side does ends the other side's task"):
        waiting.update(done_at=timezone.now(), done_by=by)
