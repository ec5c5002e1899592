"""What comes in from people without an account: kept as typed, then matched by a person."""

from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from families.models import Family
from leap.accounts.models import Team, User
from leap.audit.log import record
from leap.errors import Conflict
from leap.refs import new_ref
from leap.safekeeping.actions import post
from leap.wall import past
from referrals.models import Incoming
from referrals.notices import BODY


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
        url = settings.BASE_URL + reverse("referrals:incoming_item", args=[made.ref])
        told = f"Somebody outside has sent {to_team} a referral."
        post(to=to_team.email, subject=told.rstrip("."), body=BODY.format(said=told, url=url))
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
