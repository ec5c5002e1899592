"""A team that takes nothing more for now, and what senders do instead."""

from django.db import transaction
from django.utils import timezone

from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from referrals import rules


@transaction.atomic
def pause_intake(*, team: Team, instead: str, by: User) -> None:
    """Take no new referrals. Senders read `instead` first; what was sent before still waits."""
    rules.check_can_manage_intake(team, by)
    rules.check_is_said(instead=instead)
    paused = Team.objects.filter(pk=team.pk, intake_paused_at=None)
    if not paused.update(intake_paused_at=timezone.now(), instead=instead):
        raise Conflict(f"The intake of {team} is paused already.")
    record("team.intake_paused", by=by, team_code=team.code)


@transaction.atomic
def resume_intake(*, team: Team, by: User) -> None:
    """Take referrals again."""
    rules.check_can_manage_intake(team, by)
    paused = Team.objects.filter(pk=team.pk, intake_paused_at__isnull=False)
    if not paused.update(intake_paused_at=None, instead=""):
        raise Conflict(f"{team} takes referrals already.")
    record("team.intake_resumed", by=by, team_code=team.code)
