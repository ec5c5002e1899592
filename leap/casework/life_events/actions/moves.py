"""A move out of the area: the lead stays until somebody there has said that they lead."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from families.access.locking import lock_family
from families.models import Family
from leap.casework.life_events import rules
from leap.casework.life_events.actions.departures import end_work
from leap.casework.life_events.models import MoveOut
from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref


@transaction.atomic
def announce_move(
    *,
    family: Family,
    moving_on: date,
    organisation: str,
    reach: str,
    handed_over: str,
    team: Team,
    by: User,
) -> MoveOut:
    """Ask a service outside the system to take the family on. Nothing changes until it says so."""
    lock_family(family)
    rules.check_can_end(family, by)
    if family.moves_out.waiting().exists():
        raise Conflict("A move of this family waits to be acknowledged already.")
    move = MoveOut.objects.create(
        ref=new_ref("MV", 8),
        family=family,
        moving_on=moving_on,
        organisation=organisation,
        reach=reach,
        handed_over=handed_over,
        team=team,
        by=by,
    )
    _note("family.move_out", move, by)
    return move


def _note(kind: str, move: MoveOut, by: User) -> None:
    record(kind, by=by, family_ref=move.family.ref, subject=move, team_code=move.team.code)


@transaction.atomic
def acknowledge_move(
    *,
    move: MoveOut,
    acknowledged_by: str,
    acknowledged_on: date,
    acknowledged_how: str,
    by: User,
) -> None:
    """Write down who there has said that they lead, and close the record: they lead from here."""
    rules.check_can_end(move.family, by)
    _end(
        move,
        MoveOut.End.ACKNOWLEDGED,
        by,
        acknowledged_by=acknowledged_by,
        acknowledged_on=acknowledged_on,
        acknowledged_how=acknowledged_how,
    )
    _note("family.move_out_acknowledged", move, by)
    end_work(move.family, f"Moved out of the area. {move.organisation} leads.", by)


@transaction.atomic
def call_off_move(*, move: MoveOut, why: str, by: User) -> None:
    """The family stays, or the other side does not take it on: the lead is where it was."""
    rules.check_can_end(move.family, by)
    _end(move, MoveOut.End.CALLED_OFF, by, ended_why=why)
    _note("family.move_out_called_off", move, by)


def _end(move: MoveOut, end: str, by: User, **values: object) -> None:
    rules.check_waits(move)
    waiting = MoveOut.objects.waiting().filter(pk=move.pk)
    if not waiting.update(end=end, ended_at=timezone.now(), ended_by=by, **values):
        raise Conflict("This move has been settled already.")
