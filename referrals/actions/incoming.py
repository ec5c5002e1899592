"""What comes in from people without an account: kept as typed, then matched by a person."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from families.models import Family
from families.notices import people_of
from leap.accounts.models import Team, User
from leap.audit.log import record
from leap.errors import Conflict
from leap.notices.actions import tell
from leap.notices.kinds import Kind
from leap.refs import new_ref
from leap.wall import past
from referrals.models import Incoming


@transaction.atomic
def send_in(*, to_team: Team, key: UUID, **said: str) -> Incoming:
    """Keep what somebody outside has sent, once for each `key`, and tell the team that it waits.

    Nothing is looked up: whoever sends it learns no more than that it has arrived.
    """
    with past("whoever sends it in is nobody here, and is given its reference alone"):
        made, is_new = Incoming.objects.get_or_create(
            key=key, defaults={"ref": new_ref("IN", 8), "to_team": to_team, **said}
        )
    if is_new:
        record("incoming.received", by=None, subject=made, team_code=to_team.code)
        path = reverse("referrals:incoming_item", args=[made.ref])
        told = f"Somebody outside has sent {to_team} a referral."
        tell([to_team, *people_of(to_team, [])], Kind.RECEIVED, told, path)
    return made


@transaction.atomic
def settle(
    *, incoming: Incoming, by: User, family: Family | None = None, what_was_done: str = ""
) -> None:
    """Say whose it is, or what was done with it. ValidationError with neither.

    Conflict where a colleague was first.
    """
    if not family and not what_was_done.strip():
        raise ValidationError("Give the family’s reference, or say what you did with it.")
    waiting = Incoming.objects.waiting().filter(pk=incoming.pk)
    changes = {"family": family, "what_was_done": what_was_done, "settled_by": by}
    if not waiting.update(**changes, settled_at=timezone.now()):
        raise Conflict("A colleague has just settled this. Look at it again.")
    record(
        "incoming.matched" if family else "incoming.answered",
        by=by,
        subject=incoming,
        family_ref=family.ref if family else "",
        team_code=incoming.to_team.code,
    )
