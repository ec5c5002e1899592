"""What every move of a referral stands on: if nobody was first, one move, one event."""

from django.utils import timezone

from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from referrals import rules
from referrals.clocks import days_paused, resumed_fields
from referrals.models import Note, Referral
from referrals.wording import what_happened
from referrals.working_days import WorkingDays


def transition(referral: Referral, to: str, *, by: User | None, **changes: object) -> None:
    """Change the status if nobody else has changed it since `referral` was read.

    A clock that was paused goes on: who moves a referral is at work on it again.
    """
    rules.check_move(referral, to)
    if referral.clock_paused_at:
        changes = resume_clock(referral, by=by) | changes
    change(referral, status=to, **changes)


def change(referral: Referral, **changes: object) -> None:
    """Write these fields, unless it has moved or its clock has stopped or gone on meanwhile."""
    unchanged = Referral.objects.filter(
        pk=referral.pk, status=referral.status, clock_paused_at=referral.clock_paused_at
    )
    if not unchanged.update(**changes):
        now = Referral.objects.select_related("pathway").get(pk=referral.pk)
        raise Conflict(what_happened(now, since=referral))
    referral.refresh_from_db(fields=list(changes))


def resume_clock(referral: Referral, *, by: User | None) -> dict[str, object]:
    """Say that the clock goes on, and give the fields that make it do so."""
    calendar, today = WorkingDays.read(), timezone.localdate()
    days = days_paused(referral, today, calendar)
    text = f"The days due have moved by {days} working day{'' if days == 1 else 's'}."
    write_transition(Note.Kind.RESUMED, referral, text, by=by, team=referral.to_team)
    return resumed_fields(referral, today, calendar)


def record_referral_event(
    kind: str, referral: Referral, *, by: User | None, team: Team, **details: object
) -> None:
    """Add the one event of a move to the log."""
    record(
        kind,
        by=by,
        family_ref=referral.family.ref,
        subject=referral,
        team_code=team.code,
        pathway=referral.pathway.code,
        from_team=referral.from_team.code,
        to_team=referral.to_team.code,
        **details,
    )


def write_transition(
    kind: Note.Kind, referral: Referral, text: str, *, by: User | None, team: Team
) -> None:
    """Write something that both sides read on the referral."""
    Note.objects.create(referral=referral, kind=kind, team=team, by=by, text=text)
