"""What the sender does: drafts, sends, answers, takes back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from families.access.locking import lock_family
from families.models import Family
from leap.core.accounts.models import Team, User
from leap.core.ids import new_ref
from leap.core.notifications.types import NotificationType
from leap.core.rls.session import bypass_rls
from referrals import rules
from referrals.models import Note, Pathway, Referral, Status, Task
from referrals.notifications import notify_team
from referrals.pathways.minimum_dataset import check_is_complete, look_up_items, missing
from referrals.transitions.task_actions import end_tasks
from referrals.transitions.transition import (
    change,
    record_referral_event,
    transition,
    write_transition,
)
from referrals.working_days import WorkingDays


@transaction.atomic
def draft(
    *, family: Family, pathway: Pathway, from_team: Team, to_team: Team, reason: str, by: User
) -> Referral:
    """Begin a referral. Nobody but the sender's team sees it until it is sent."""
    rules.check_can_draft(family, pathway, from_team, to_team, by)
    referral = Referral.objects.create(
        ref=new_ref("RF", 8),
        family=family,
        pathway=pathway,
        from_team=from_team,
        to_team=to_team,
        reason=reason,
    )
    record_referral_event("referral.drafted", referral, by=by, team=from_team)
    return referral


@transaction.atomic
def edit(*, referral: Referral, to_team: Team, reason: str, by: User) -> None:
    """Change a draft: to whom, and why. What has been sent is not changed any more."""
    rules.check_can_edit(referral, by)
    rules.check_can_draft(referral.family, referral.pathway, referral.from_team, to_team, by)
    change(referral, to_team=to_team, reason=reason)
    record_referral_event("referral.edited", referral, by=by, team=referral.from_team)


@transaction.atomic
def send(
    *,
    referral: Referral,
    by: User,
    reason: str = "",
    ticked: list[str] | None = None,
    for_safety: str = "",
) -> None:
    """Put it before the receiving team. The clocks start; the sender stays responsible.

    `reason`, if given, takes the place of the draft's. `ticked` is what of the pathway's minimum
    information the sender says is there; None where nobody was asked, as on the way in from other
    records. `for_safety` says why it cannot wait for the rest. Raises ValidationError where
    something is missing, NotAllowed where the receiver has paused its intake.
    """
    lock_family(referral.family)  # nobody sends it on the same pathway, or closes it, meanwhile
    rules.check_can_send(referral, by)
    reason = reason or referral.reason
    rules.check_is_said(reason=reason)
    lacking = (
        []
        if ticked is None
        else missing(look_up_items(referral.pathway, referral.family, by), ticked)
    )
    check_is_complete(lacking, for_safety)
    clocks = clocks_from_now(referral.pathway)
    # What the receiver is told was left out, and why: nothing where all is there.
    gaps = (
        {}
        if not lacking
        else {"sent_without": "\n".join(item.what for item in lacking), "for_safety": for_safety}
    )
    transition(referral, Status.SENT, by=by, reason=reason, sent_by=by, **gaps, **clocks)
    without = {"without": len(lacking), "for_safety": True} if lacking else {}
    record_referral_event("referral.sent", referral, by=by, team=referral.from_team, **without)
    _tell_receiver(referral, by)


def _tell_receiver(referral: Referral, by: User) -> None:
    kind = NotificationType.HANDOVER if referral.pathway.moves_lead else NotificationType.RECEIVED
    notify_team(
        referral.to_team, kind, f"A referral waits for {referral.to_team}.", referral, by=by
    )


def clocks_from_now(pathway: Pathway) -> dict[str, object]:
    """When it is sent, and the last days in time, for something sent on this pathway now."""
    return clocks_since(timezone.now(), pathway)


def clocks_since(sent_at: datetime, pathway: Pathway) -> dict[str, object]:
    """The same for something sent at `sent_at`. It goes back unanswered counted from today."""
    calendar = WorkingDays.read()
    sent_on, today = timezone.localdate(sent_at), timezone.localdate()
    within = pathway.expires_after
    return {
        "sent_at": sent_at,
        "pathway_version": pathway.version,
        "acknowledge_by": calendar.after(sent_on, pathway.acknowledge_within),
        "first_contact_by": calendar.after(sent_on, pathway.first_contact_within),
        "expires_on": calendar.after(today, within) if within and pathway.can_expire else None,
    }


@transaction.atomic
def refer(
    *,
    family: Family,
    pathway: Pathway,
    from_team: Team,
    to_team: Team,
    reason: str,
    by: User,
    ticked: list[str] | None = None,
    for_safety: str = "",
) -> Referral:
    """Draft and send in one go."""
    referral = draft(
        family=family, pathway=pathway, from_team=from_team, to_team=to_team, reason=reason, by=by
    )
    send(referral=referral, by=by, ticked=ticked, for_safety=for_safety)
    return referral


@transaction.atomic
def send_on(
    referral: Referral, *, pathway: Pathway, to_team: Team, reason: str, by: User
) -> Referral:
    """A new referral in the place of one that has ended. Its sender is the sender of the first.

    What the sender wrote is read through the link, so that it stands in one place.
    """
    clocks = clocks_from_now(pathway)
    with bypass_rls("who sends it on to another team is on neither side of what they write here"):
        onwards = Referral.objects.create(
            ref=new_ref("RF", 8),
            family=referral.family,
            pathway=pathway,
            from_team=referral.from_team,
            to_team=to_team,
            status=Status.SENT,
            reason=reason,
            sent_by=referral.sent_by,
            follows=referral,
            **clocks,
        )
    record_referral_event(
        "referral.sent", onwards, by=by, team=referral.from_team, follows=referral.ref
    )
    _tell_receiver(onwards, by)
    return onwards


@transaction.atomic
def answer(*, referral: Referral, answer: str, by: User) -> None:
    """Give the information that was asked for. It is with the receiver again; clocks run on."""
    rules.check_can_answer(referral, by)
    rules.check_is_said(answer=answer)
    transition(referral, Status.SENT, by=by)
    write_transition(Note.Kind.ANSWERED, referral, answer, by=by, team=referral.from_team)
    record_referral_event("referral.information_given", referral, by=by, team=referral.from_team)
    message = f"{referral.from_team} has answered your question."
    notify_team(referral.to_team, NotificationType.ANSWERED, message, referral, by=by)


@transaction.atomic
def withdraw(*, referral: Referral, by: User, why: str = "") -> None:
    """Take it back. The family stays with the sender; the receiver is told, if it was sent."""
    rules.check_can_withdraw(referral, by)
    transition(referral, Status.WITHDRAWN, by=by, ended_at=timezone.now())
    write_transition(Note.Kind.WITHDRAWN, referral, why, by=by, team=referral.from_team)
    end_tasks(referral, Task.Kind.LATE, Task.Kind.LATE_FOR_SENDER, by=by)
    record_referral_event("referral.withdrawn", referral, by=by, team=referral.from_team)
    if referral.sent_at:
        message = f"{referral.from_team} has withdrawn a referral."
        notify_team(referral.to_team, NotificationType.WITHDRAWN, message, referral, by=by)
