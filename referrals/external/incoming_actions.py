"""What comes in from people without an account: kept as typed, then taken in by a person."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from families.access.locking import lock_family
from families.access.notifications import people_of
from families.models import Family
from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref
from leap.core.notifications.actions import tell
from leap.core.notifications.types import NotificationType
from leap.core.outbox.idempotency import WITHIN
from leap.core.rls.session import bypass_rls
from referrals.clocks import RED, to_be_read
from referrals.external import incoming_rules
from referrals.models import InboundReferral, Pathway, Referral, Status
from referrals.models.pathways import OUTSIDE
from referrals.recipients import named_manager
from referrals.transitions.sender_actions import clocks_since
from referrals.transitions.transition import record_referral_event
from referrals.working_days import WorkingDays


@transaction.atomic
def send_in(*, to_team: Team, key: UUID, **fields: str) -> InboundReferral:
    """Keep what somebody outside has sent, once for each `key`, and tell the team that it waits.

    The same words again within a day, by a page that was loaded anew, are the same sending. Nothing
    is looked up: whoever sends it learns no more than that it has arrived.
    """
    with bypass_rls("whoever sends it in is nobody here, and is given its reference alone"):
        if earlier := _sent_before(to_team, fields):
            return earlier
        made, is_new = InboundReferral.objects.get_or_create(
            key=key, defaults={"ref": new_ref("IN", 8), "to_team": to_team, **fields}
        )
    if is_new:
        record("incoming.received", by=None, subject=made, team_code=to_team.code)
        message = f"Somebody outside has sent {to_team} a referral."
        whom: list[User | Team] = [to_team, *people_of(to_team, [])]
        tell(whom, NotificationType.RECEIVED, message, made.get_absolute_url(), about=made.ref)
    return made


def _sent_before(to_team: Team, fields: dict[str, str]) -> InboundReferral | None:
    """What says the same to the same team, word for word. Two at once wait for one another."""
    lock = "\n".join([to_team.code, *(f"{name}={fields[name]}" for name in sorted(fields))])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
    since = timezone.now() - WITHIN
    same = InboundReferral.objects.filter(to_team=to_team, made_at__gt=since, **fields)
    return same.order_by("made_at").first()


@transaction.atomic
def triage(
    *,
    incoming: InboundReferral,
    by: User,
    family: Family | None = None,
    what_was_done: str = "",
    sender_checked: bool = False,
) -> Referral | None:
    """Say whose it is, which makes it a referral; or what was done with it instead.

    ValidationError with neither; Conflict where a colleague was first. `sender_checked` says that
    who wrote it was rung back on a number found elsewhere.
    """
    if family:
        lock_family(family)  # nobody sends it to the same team meanwhile
    incoming_rules.check_can_settle(incoming, by)
    if not family and not what_was_done.strip():
        raise ValidationError("Give the family’s reference, or say what you did with it.")
    waiting = InboundReferral.objects.waiting().filter(pk=incoming.pk)
    changes = {
        "family": family,
        "what_was_done": what_was_done,
        "sender_checked": sender_checked,
        "settled_by": by,
        "settled_at": timezone.now(),
    }
    if not waiting.update(**changes):
        raise Conflict("A colleague has just settled this. Look at it again.")
    incoming.refresh_from_db(fields=list(changes))
    record(
        "incoming.matched" if family else "incoming.answered",
        by=by,
        subject=incoming,
        family_ref=family.ref if family else "",
        team_code=incoming.to_team.code,
    )
    return _take_in(incoming, family, by) if family else None


def _take_in(incoming: InboundReferral, family: Family, by: User) -> Referral:
    """The referral it becomes. Who sent it in waits since they did, so the clocks run from then;
    its time to be answered begins now. Until it is answered `by` is responsible, by name."""
    team = incoming.to_team
    pathway = Pathway.objects.get(from_discipline=OUTSIDE, to_discipline=team.discipline)
    incoming_rules.check_can_take_in(incoming, family, pathway)
    referral = Referral.objects.create(
        ref=new_ref("RF", 8),
        family=family,
        pathway=pathway,
        from_team=team,
        to_team=team,
        status=Status.SENT,
        reason=incoming.reason,
        sent_by=by,
        incoming=incoming,
        **clocks_since(incoming.made_at, pathway),
    )
    record_referral_event("referral.sent", referral, by=by, team=team, sent_in=incoming.ref)
    return referral


def remind_unread(*, today: date) -> int:
    """Tell a manager by name of what nobody has read in a working day, once; how many there were.

    Safe to run at any time: each stands in its own transaction.
    """
    unread = (
        InboundReferral.objects.waiting().filter(chased_at=None).select_related("to_team__agency")
    )
    calendar = WorkingDays.read()
    clocks = ((incoming, to_be_read(incoming, today, calendar)) for incoming in unread)
    return sum(_chase(incoming) for incoming, clock in clocks if clock and clock.state == RED)


@transaction.atomic
def _chase(incoming: InboundReferral) -> bool:
    mine = InboundReferral.objects.waiting().filter(pk=incoming.pk, chased_at=None)
    if not mine.update(chased_at=timezone.now()):
        return False
    manager, team = named_manager(incoming.to_team), incoming.to_team
    message = f"What somebody outside sent {team} has not been read yet."
    path = incoming.get_absolute_url()
    tell(
        [manager] if manager else [], NotificationType.ESCALATED, message, path, about=incoming.ref
    )
    to = str(manager.ref) if manager else ""
    record("incoming.chased", by=None, subject=incoming, team_code=team.code, to=to)
    return True
