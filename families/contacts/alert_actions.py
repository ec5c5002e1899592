"""What to know at the door, and next steps."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from families.access import rules
from families.models import Family, FollowUp, SafetyAlert
from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref


@transaction.atomic
def add_alert(
    *, family: Family, kind: str, words: str, review_on: date, team: Team, by: User
) -> SafetyAlert:
    """Tell everybody who works with `family` what to know at the door, until somebody ends it."""
    rules.check_is_open(family)
    rules.check_can_work_with(family, team, by)
    alert = SafetyAlert.objects.create(
        ref=new_ref("A", 10),
        family=family,
        kind=kind,
        words=words,
        review_on=review_on,
        team=team,
        by=by,
    )
    record(
        "alert.added",
        by=by,
        family_ref=family.ref,
        subject=alert,
        team_code=team.code,
        review_on=review_on.isoformat(),
    )
    return alert


@transaction.atomic
def end_alert(*, alert: SafetyAlert, by: User) -> None:
    """It does not hold any more. Anybody at work with the family says so; the log keeps who did.

    Raises Conflict when it has been ended already.
    """
    rules.check_is_at_work(alert.family, by)
    live = SafetyAlert.objects.live().filter(pk=alert.pk)
    if not live.update(ended_at=timezone.now(), ended_by=by):
        raise Conflict("Somebody has taken this off already.")
    record("alert.ended", by=by, family_ref=alert.family.ref, subject=alert)


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, by: User) -> None:
    """It is done. Raises Conflict when somebody has done it already, with who it was."""
    rules.check_is_at_work(follow_up.family, by)
    undone = FollowUp.objects.filter(pk=follow_up.pk, done_at=None)
    if not undone.update(done_at=timezone.now(), done_by=by):
        follow_up.refresh_from_db()
        raise Conflict(f"{follow_up.done_by} has done this already.")
    record(
        "follow_up.done",
        by=by,
        family_ref=follow_up.family.ref,
        subject=follow_up,
        team_code=follow_up.team.code,
    )
