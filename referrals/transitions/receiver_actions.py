"""What the receiver does: acknowledges, accepts, declines, asks, sends on, works and closes."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from families.access.involvement_actions import involve, move_lead
from families.access.locking import lock_family
from families.models import Family, Involvement
from families.models.families import lead_at_work
from leap.core.accounts.models import Team, User
from leap.core.accounts.rules import check_still_here
from leap.core.exceptions import Conflict
from leap.core.notifications.types import NotificationType
from referrals import rules
from referrals.models import TAKEN_ON, Note, Pathway, Referral, Status, Task
from referrals.notifications import notify_team
from referrals.recipients import named_manager, named_sender
from referrals.transitions.sender_actions import send_on
from referrals.transitions.sender_update_actions import update_external_sender
from referrals.transitions.task_actions import end_tasks, give_task
from referrals.transitions.transition import record_referral_event, transition, write_transition
from referrals.wording import status_details_in_words

LATE = (Task.Kind.LATE, Task.Kind.LATE_FOR_SENDER)


def _first(now: datetime) -> Coalesce:
    """Acknowledged when it first was: an answer to a question does not put that off."""
    return Coalesce(F("acknowledged_at"), Value(now))


@transaction.atomic
def acknowledge(*, referral: Referral, by: User) -> None:
    """Tell the sender that it has arrived and is being read."""
    rules.check_can_acknowledge(referral, by)
    transition(referral, Status.ACKNOWLEDGED, by=by, acknowledged_at=_first(timezone.now()))
    end_tasks(referral, *LATE, by=by)
    record_referral_event("referral.acknowledged", referral, by=by, team=referral.to_team)
    message = f"{referral.to_team} has acknowledged your referral."
    notify_team(referral.from_team, NotificationType.ACKNOWLEDGED, message, referral, by=by)
    update_external_sender(referral, Status.ACKNOWLEDGED, by=by)


@transaction.atomic
def accept(
    *,
    referral: Referral,
    by: User,
    allocated_to: User | None = None,
    joint_until: date | None = None,
) -> None:
    """Take the family on: the receiver is involved, and by a handover leads, from this moment.

    `allocated_to` is who in the team that takes it on will work with them. A handover that names
    nobody leaves the family without a lead practitioner: red, and a task for a named manager. Until
    `joint_until` both teams visit; one of them leads. Accepting a request passes the lead to the
    team that asked, and finishes the request.
    """
    lock_family(referral.family)  # nobody closes it, or moves the lead, meanwhile
    rules.check_can_accept(referral, by)
    rules.check_can_be_allocated(referral, allocated_to)
    rules.check_joint_period(referral, joint_until)
    now = timezone.now()
    if referral.pathway.asks_for_lead:
        allocated_to = allocated_to or named_sender(referral)
    transition(
        referral,
        Status.ACCEPTED,
        by=by,
        accepted_at=now,
        acknowledged_at=_first(now),
        decided_by=by,
        allocated_to=allocated_to,
        joint_until=joint_until,
    )
    check_still_here(allocated_to)
    _take_on(referral, by)
    end_tasks(referral, *LATE, by=by)
    record_referral_event("referral.accepted", referral, by=by, team=referral.to_team)
    message = f"{referral.to_team} has accepted your referral."
    notify_team(referral.from_team, NotificationType.ACCEPTED, message, referral, by=by)
    update_external_sender(referral, Status.ACCEPTED, by=by)
    if referral.pathway.asks_for_lead:
        _finish(referral, f"{referral.from_team} leads the family.", by=by)


def _take_on(referral: Referral, by: User) -> None:
    team = referral.taking_team
    involve(family=referral.family, team=team, reason=Involvement.Reason.REFERRAL_ACCEPTED, by=by)
    if not referral.pathway.moves_lead:
        return
    family = Family.objects.select_related("lead_team").get(pk=referral.family_id)
    before = family.lead_team
    if referral.pathway.asks_for_lead and before != referral.to_team:
        raise Conflict(f"{referral.to_team} no longer leads this family, so cannot pass it on.")
    if before != team or referral.allocated_to:
        move_lead(family=family, team=team, practitioner=referral.allocated_to, by=by)
        if before and before not in (referral.from_team, referral.to_team):
            message = f"{referral.to_team} now leads a family that {before} led."
            notify_team(before, NotificationType.FAMILY, message, referral, by=by)
    if not Family.objects.filter(lead_at_work(), pk=family.pk).exists():
        # Nobody at work leads it: somebody with a name must put that right.
        message = f"A family that {team} now leads has no lead practitioner. Please allocate it."
        give_task(Task.Kind.GAP, referral, team=team, to=named_manager(team), message=message)


AS_READ: Final = "as read"


@transaction.atomic
def allocate(
    *,
    referral: Referral,
    allocated_to: User,
    by: User,
    instead_of: User | str | None = AS_READ,
) -> None:
    """Say who in the receiving team works with the family; after a handover, who leads.

    `instead_of` is who worked on it when `by` looked, where that was before `referral` was read.
    """
    rules.check_can_allocate(referral, by)
    rules.check_can_be_allocated(referral, allocated_to)
    seen = referral.allocated_to if isinstance(instead_of, str) else instead_of
    unchanged = Referral.objects.filter(pk=referral.pk, allocated_to=seen, status__in=TAKEN_ON)
    if not unchanged.update(allocated_to=allocated_to):
        raise Conflict(_given_to(referral))
    check_still_here(allocated_to)
    referral.refresh_from_db(fields=["allocated_to"])
    family = referral.family
    if referral.pathway.moves_lead:
        family.refresh_from_db(fields=["lead_team"])  # accepting has moved it
    if referral.pathway.moves_lead and family.lead_team_id == referral.to_team_id:
        move_lead(family=family, team=referral.to_team, practitioner=allocated_to, by=by)
        end_tasks(referral, Task.Kind.GAP, by=by)
    to = str(allocated_to.ref)
    record_referral_event("referral.allocated", referral, by=by, team=referral.to_team, to=to)


def _given_to(referral: Referral) -> str:
    """What somebody else did meanwhile with a referral that was to be allocated."""
    now = Referral.objects.select_related("allocated_to", "decided_by").get(pk=referral.pk)
    if now.status not in TAKEN_ON:
        return f"This referral {status_details_in_words(now)}, so nobody can be put on it."
    if now.allocated_to is None:
        return "Somebody else has just taken whoever worked on this referral off it. Look again."
    return (
        f"Someone else has just put another practitioner on this referral: {now.allocated_to}. "
        "Look at it again."
    )


@transaction.atomic
def decline(*, referral: Referral, decline_reason: str, alternative: str, by: User) -> None:
    """Say no, why, and what could be done instead. The family stays with the sender."""
    rules.check_can_decline(referral, by)
    rules.check_is_said(decline_reason=decline_reason, alternative=alternative)
    now = timezone.now()
    transition(
        referral,
        Status.DECLINED,
        by=by,
        declined_at=now,
        acknowledged_at=_first(now),
        decided_by=by,
        decline_reason=decline_reason,
        alternative=alternative,
    )
    end_tasks(referral, *LATE, by=by)
    record_referral_event("referral.declined", referral, by=by, team=referral.to_team)
    message = f"{referral.to_team} has declined your referral."
    notify_team(referral.from_team, NotificationType.DECLINED, message, referral, by=by)
    update_external_sender(referral, Status.DECLINED, by=by)


@transaction.atomic
def redirect(
    *, referral: Referral, to_team: Team, why: str, by: User, pathway: Pathway | None = None
) -> Referral:
    """Send it on to the team it is for: a new referral, linked, by the same sender as before.

    `pathway` is needed where the other team is not reached by the same one. The family stays with
    the sender throughout, and the sender is told. Returns the new referral.
    """
    pathway = pathway or referral.pathway
    lock_family(referral.family)  # nobody sends it to the same team meanwhile
    rules.check_can_redirect(referral, by)
    rules.check_is_said(why=why)
    rules.check_can_be_redirected_to(referral, pathway, to_team)
    now = timezone.now()
    ended = {"ended_at": now, "acknowledged_at": _first(now), "decided_by": by}
    transition(referral, Status.REDIRECTED, by=by, **ended)
    write_transition(Note.Kind.REDIRECTED, referral, why, by=by, team=referral.to_team)
    end_tasks(referral, *LATE, by=by)
    onwards = send_on(referral, pathway=pathway, to_team=to_team, reason=why, by=by)
    record_referral_event(
        "referral.redirected", referral, by=by, team=referral.to_team, to=onwards.ref
    )
    message = f"{referral.to_team} has redirected your referral to {to_team}."
    notify_team(referral.from_team, NotificationType.REDIRECTED, message, onwards, by=by)
    update_external_sender(referral, Status.REDIRECTED, by=by)
    return onwards


@transaction.atomic
def ask(*, referral: Referral, question: str, by: User) -> None:
    """Give it back to the sender with a question. It has arrived, so it counts as acknowledged."""
    rules.check_can_ask(referral, by)
    rules.check_is_said(question=question)
    transition(referral, Status.INFORMATION_ASKED, by=by, acknowledged_at=_first(timezone.now()))
    write_transition(Note.Kind.ASKED, referral, question, by=by, team=referral.to_team)
    record_referral_event("referral.information_asked", referral, by=by, team=referral.to_team)
    message = f"{referral.to_team} asks something about your referral."
    notify_team(referral.from_team, NotificationType.ASKED, message, referral, by=by)


@transaction.atomic
def note_first_contact(*, referral: Referral, first_contact_at: datetime, by: User) -> None:
    """The receiving team has met or spoken with the family."""
    rules.check_can_note_first_contact(referral, by)
    rules.check_first_contact_time(referral, first_contact_at)
    transition(referral, Status.IN_PROGRESS, by=by, first_contact_at=first_contact_at)
    end_tasks(referral, *LATE, by=by)
    record_referral_event("referral.first_contact", referral, by=by, team=referral.to_team)
    message = f"{referral.to_team} has had first contact."
    notify_team(referral.from_team, NotificationType.WORKED, message, referral, by=by)


@transaction.atomic
def close(*, referral: Referral, outcome: str, by: User) -> None:
    """End the work that was asked for, and tell the sender what came of it."""
    rules.check_can_close(referral, by)
    rules.check_is_said(outcome=outcome)
    _finish(referral, outcome, by=by)
    message = f"{referral.to_team} has closed your referral."
    notify_team(referral.from_team, NotificationType.WORKED, message, referral, by=by)
    update_external_sender(referral, Status.CLOSED, by=by)


def _finish(referral: Referral, outcome: str, *, by: User) -> None:
    transition(referral, Status.CLOSED, by=by, closed_at=timezone.now(), outcome=outcome)
    end_tasks(referral, *LATE, by=by)
    record_referral_event("referral.closed", referral, by=by, team=referral.to_team)


def open_preview(*, referral: Referral, by: User, seen: set[str]) -> None:
    """Note that `by` has seen the preview of a family; once for each sign-in, as `seen` keeps."""
    if referral.ref in seen:
        return
    record_referral_event(
        "referral.previewed", referral, by=by, team=referral.to_team, level="preview"
    )
    seen.add(referral.ref)
