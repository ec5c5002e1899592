"""Every move of a referral: the rule, the move if nobody was first, the event, the notice."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from families.actions import involve, move_lead
from families.models import Family, Involvement
from families.rules import check_can_allocate as check_can_allocate_in
from leap.accounts.models import Team, User
from leap.audit.log import event, record, record_all
from leap.errors import Conflict
from leap.refs import new_ref
from referrals import rules
from referrals.clocks import working_days_after
from referrals.models import HELD_BY_RECEIVER, Note, Pathway, Referral, Status
from referrals.notices import tell


def _move(referral: Referral, to: str, **changes: object) -> None:
    """Change the status if nobody else has changed it since `referral` was read."""
    rules.check_move(referral, to)
    unchanged = Referral.objects.filter(pk=referral.pk, status=referral.status)
    if not unchanged.update(status=to, **changes):
        raise Conflict(rules.what_happened(Referral.objects.get(pk=referral.pk)))
    referral.refresh_from_db(fields=["status", *changes])


def _record(kind: str, referral: Referral, *, by: User, team: Team, **details: object) -> None:
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


def _note(kind: Note.Kind, referral: Referral, text: str, *, by: User, team: Team) -> None:
    Note.objects.create(referral=referral, kind=kind, team=team, by=by, text=text)


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
    _record("referral.drafted", referral, by=by, team=from_team)
    return referral


@transaction.atomic
def send(*, referral: Referral, by: User, reason: str = "") -> None:
    """Put it before the receiving team. The clocks start; the sender stays responsible.

    `reason`, if given, takes the place of the draft's. Raises ValidationError without any,
    NotAllowed with what to do instead where the receiver has paused its intake.
    """
    rules.check_can_send(referral, by)
    reason = reason or referral.reason
    rules.check_is_said(reason=reason)
    now = timezone.now()
    today = timezone.localdate(now)
    pathway = referral.pathway
    _move(
        referral,
        Status.SENT,
        reason=reason,
        sent_at=now,
        sent_by=by,
        acknowledge_by=working_days_after(today, pathway.acknowledge_within),
        first_contact_by=working_days_after(today, pathway.first_contact_within),
    )
    _record("referral.sent", referral, by=by, team=referral.from_team)
    tell(referral.to_team, f"A referral waits for {referral.to_team}.", referral)


@transaction.atomic
def refer(
    *, family: Family, pathway: Pathway, from_team: Team, to_team: Team, reason: str, by: User
) -> Referral:
    """Draft and send in one go."""
    referral = draft(
        family=family, pathway=pathway, from_team=from_team, to_team=to_team, reason=reason, by=by
    )
    send(referral=referral, by=by)
    return referral


@transaction.atomic
def acknowledge(*, referral: Referral, by: User) -> None:
    """Tell the sender that it has arrived and is being read."""
    rules.check_can_acknowledge(referral, by)
    _move(referral, Status.ACKNOWLEDGED, acknowledged_at=_first(timezone.now()))
    _record("referral.acknowledged", referral, by=by, team=referral.to_team)
    tell(referral.from_team, f"{referral.to_team} has acknowledged your referral.", referral)


def _first(now: datetime) -> Coalesce:
    """Acknowledged when it first was: an answer to a question does not put that off."""
    return Coalesce(F("acknowledged_at"), Value(now))


@transaction.atomic
def accept(*, referral: Referral, by: User, allocated_to: User | None = None) -> None:
    """Take the family on: the receiver is involved, and by a handover leads, from this moment.

    `allocated_to` is who in the receiving team will work with them. A handover that names nobody
    leaves the family without a lead practitioner, which its new team sees in red.
    """
    rules.check_can_accept(referral, by)
    rules.check_can_be_allocated(referral, allocated_to)
    now = timezone.now()
    _move(
        referral,
        Status.ACCEPTED,
        accepted_at=now,
        acknowledged_at=_first(now),
        decided_by=by,
        allocated_to=allocated_to,
    )
    _take_on(referral, by)
    _record("referral.accepted", referral, by=by, team=referral.to_team)
    tell(referral.from_team, f"{referral.to_team} has accepted your referral.", referral)


def _take_on(referral: Referral, by: User) -> None:
    team = referral.to_team
    involve(family=referral.family, team=team, reason=Involvement.Reason.REFERRAL_ACCEPTED, by=by)
    if referral.pathway.moves_lead:
        _take_the_lead(referral, by)


def _take_the_lead(referral: Referral, by: User) -> None:
    family = Family.objects.select_related("lead_team").get(pk=referral.family_id)
    before = family.lead_team
    if before == referral.to_team and not referral.allocated_to:
        return
    move_lead(family=family, team=referral.to_team, practitioner=referral.allocated_to, by=by)
    if before and before not in (referral.from_team, referral.to_team):
        tell(before, f"{referral.to_team} now leads a family that {before} led.", referral)


@transaction.atomic
def allocate(*, referral: Referral, allocated_to: User, by: User) -> None:
    """Say who in the receiving team works with the family; after a handover, who leads."""
    rules.check_can_allocate(referral, by)
    rules.check_can_be_allocated(referral, allocated_to)
    unchanged = Referral.objects.filter(pk=referral.pk, allocated_to=referral.allocated_to)
    if not unchanged.update(allocated_to=allocated_to):
        raise Conflict("Someone else has just put another practitioner on this referral.")
    referral.refresh_from_db(fields=["allocated_to"])
    family = Family.objects.get(pk=referral.family_id)
    if referral.pathway.moves_lead and family.lead_team_id == referral.to_team_id:
        move_lead(family=family, team=referral.to_team, practitioner=allocated_to, by=by)
    _record("referral.allocated", referral, by=by, team=referral.to_team, to=str(allocated_to.ref))


@transaction.atomic
def hand_on_referrals(
    *, practitioner: User, team: Team, given: dict[Referral, User], by: User
) -> None:
    """Give referrals that `practitioner` works on in `team` to colleagues there.

    The lead of a family stays where it is: `hand_on_families` moves it. All of them move, or none:
    raises Conflict when one is no longer theirs. One statement for each colleague, and one more.
    """
    check_can_allocate_in(team, by)
    theirs = Referral.objects.filter(
        allocated_to=practitioner, to_team=team, status__in=HELD_BY_RECEIVER
    )
    moved = sum(
        theirs.filter(pk__in=[each.pk for each, to in given.items() if to == colleague]).update(
            allocated_to=colleague
        )
        for colleague in sorted(set(given.values()), key=lambda each: each.pk)
    )
    if moved != len(given):
        raise Conflict(
            f"Somebody has just moved or closed a referral of {practitioner}’s. "
            "Nothing was handed on. Look again."
        )
    record_all(
        event(
            "referral.allocated",
            by=by,
            family_ref=each.family.ref,
            subject=each,
            team_code=team.code,
            to=str(to.ref),
        )
        for each, to in given.items()
    )


@transaction.atomic
def decline(*, referral: Referral, decline_reason: str, alternative: str, by: User) -> None:
    """Say no, why, and what could be done instead. The family stays with the sender."""
    rules.check_can_decline(referral, by)
    rules.check_is_said(decline_reason=decline_reason, alternative=alternative)
    now = timezone.now()
    _move(
        referral,
        Status.DECLINED,
        declined_at=now,
        acknowledged_at=_first(now),
        decided_by=by,
        decline_reason=decline_reason,
        alternative=alternative,
    )
    _record("referral.declined", referral, by=by, team=referral.to_team)
    tell(referral.from_team, f"{referral.to_team} has declined your referral.", referral)


@transaction.atomic
def ask(*, referral: Referral, question: str, by: User) -> None:
    """Give it back to the sender with a question. It has arrived, so it counts as acknowledged."""
    rules.check_can_ask(referral, by)
    rules.check_is_said(question=question)
    _move(referral, Status.INFORMATION_ASKED, acknowledged_at=_first(timezone.now()))
    _note(Note.Kind.ASKED, referral, question, by=by, team=referral.to_team)
    _record("referral.information_asked", referral, by=by, team=referral.to_team)
    tell(referral.from_team, f"{referral.to_team} asks something about your referral.", referral)


@transaction.atomic
def answer(*, referral: Referral, answer: str, by: User) -> None:
    """Give the information that was asked for. It is with the receiver again; clocks run on."""
    rules.check_can_answer(referral, by)
    rules.check_is_said(answer=answer)
    _move(referral, Status.SENT)
    _note(Note.Kind.ANSWERED, referral, answer, by=by, team=referral.from_team)
    _record("referral.information_given", referral, by=by, team=referral.from_team)
    tell(referral.to_team, f"{referral.from_team} has answered your question.", referral)


@transaction.atomic
def withdraw(*, referral: Referral, by: User, why: str = "") -> None:
    """Take it back. The family stays with the sender; the receiver is told, if it was sent."""
    rules.check_can_withdraw(referral, by)
    _move(referral, Status.WITHDRAWN)
    _note(Note.Kind.WITHDRAWN, referral, why, by=by, team=referral.from_team)
    _record("referral.withdrawn", referral, by=by, team=referral.from_team)
    if referral.sent_at:
        tell(referral.to_team, f"{referral.from_team} has withdrawn a referral.", referral)


@transaction.atomic
def note_first_contact(*, referral: Referral, first_contact_at: datetime, by: User) -> None:
    """The receiving team has met or spoken with the family."""
    rules.check_can_note_first_contact(referral, by)
    rules.check_first_contact_time(referral, first_contact_at)
    _move(referral, Status.IN_PROGRESS, first_contact_at=first_contact_at)
    _record("referral.first_contact", referral, by=by, team=referral.to_team)
    tell(referral.from_team, f"{referral.to_team} has had first contact.", referral)


@transaction.atomic
def close(*, referral: Referral, outcome: str, by: User) -> None:
    """End the work that was asked for, and tell the sender what came of it."""
    rules.check_can_close(referral, by)
    rules.check_is_said(outcome=outcome)
    _move(referral, Status.CLOSED, closed_at=timezone.now(), outcome=outcome)
    _record("referral.closed", referral, by=by, team=referral.to_team)
    tell(referral.from_team, f"{referral.to_team} has closed your referral.", referral)


def open_preview(*, referral: Referral, by: User, seen: set[str]) -> None:
    """Note that `by` has seen the preview of a family; once for each sign-in, as `seen` keeps."""
    if referral.ref in seen:
        return
    _record("referral.previewed", referral, by=by, team=referral.to_team, level="preview")
    seen.add(referral.ref)
