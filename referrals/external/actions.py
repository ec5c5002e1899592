"""Referring to people without an account: every step, theirs and ours.

Nothing here moves the lead of a family: a team here holds the family until it is closed here. What
somebody outside answers comes by their link, or is written down by the sender who was told it.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from families.models import Family
from leap.core.accounts.models import Team, User
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref
from leap.core.notifications.types import NotificationType
from leap.core.outbox.actions import queue_email
from referrals.external import rules
from referrals.external.link_actions import (
    ExternalReader,
    close_links,
    make_link,
    record_external_event,
)
from referrals.models import ExternalReferral, ExternalReferralStep, Status
from referrals.notifications import notify_person, notify_team
from referrals.recipients import named_sender
from referrals.rules import check_is_said
from referrals.working_days import WorkingDays

ANSWER_WITHIN = 10  # working days; the link opens as long
WITHDRAWN = """{team} has withdrawn the referral that they asked you to look at. Nothing is asked
of you any more.

This message says nothing about anybody, on purpose. Please do not write about them by e-mail.
"""


@dataclass(frozen=True)
class ExternalAnswer:
    """One answer from outside: where it leads, and what it has to say."""

    to: Status
    step: ExternalReferralStep.Kind
    at: str  # the field that says when
    kind: NotificationType  # what its sender is told
    said: str
    wanted: tuple[str, ...] = ()


ANSWERS: dict[str, ExternalAnswer] = {
    "acknowledge": ExternalAnswer(
        Status.ACKNOWLEDGED,
        ExternalReferralStep.Kind.ACKNOWLEDGED,
        "acknowledged_at",
        NotificationType.ACKNOWLEDGED,
        "acknowledged",
    ),
    "accept": ExternalAnswer(
        Status.ACCEPTED,
        ExternalReferralStep.Kind.ACCEPTED,
        "accepted_at",
        NotificationType.ACCEPTED,
        "accepted",
    ),
    "decline": ExternalAnswer(
        Status.DECLINED,
        ExternalReferralStep.Kind.DECLINED,
        "declined_at",
        NotificationType.DECLINED,
        "declined",
        ("decline_reason", "alternative"),
    ),
    "ask": ExternalAnswer(
        Status.INFORMATION_ASKED,
        ExternalReferralStep.Kind.ASKED,
        "acknowledged_at",
        NotificationType.ASKED,
        "asked something about",
        ("question",),
    ),
    "close": ExternalAnswer(
        Status.CLOSED,
        ExternalReferralStep.Kind.CLOSED,
        "closed_at",
        NotificationType.WORKED,
        "told what came of",
        ("outcome",),
    ),
}


@transaction.atomic
def refer_outside(
    *, family: Family, from_team: Team, knows: str, why_without: str, by: User, **fields: str
) -> tuple[ExternalReferral, str]:
    """Refer to somebody without an account. Returns it, and the code of its link where it has one.

    `fields` is the rest of what was typed: kind, way, organisation, receiver_name, receiver_email,
    receiver_telephone, reason, reach. Raises ValidationError for what is missing or must not leave.
    """
    rules.check_can_refer_outside(family, from_team, by)
    check_is_said(reason=fields["reason"])
    rules.check_is_agreed(knows, why_without)
    rules.check_says_nothing_shielded(
        family, reason=fields["reason"], reach=fields.get("reach", "")
    )
    outside = ExternalReferral.objects.create(
        ref=new_ref("RO", 10),
        family=family,
        from_team=from_team,
        knows=knows,
        why_without=why_without,
        sent_by=by,
        answer_by=_answer_by(),
        **fields,
    )
    record_external_event(outside, ExternalReferralStep.Kind.SENT, by=by, about=outside.kind)
    return outside, make_link(outside) if outside.way == ExternalReferral.Way.LINK else ""


def _answer_by() -> date:
    return WorkingDays.read().after(timezone.localdate(), ANSWER_WITHIN)


@transaction.atomic
def send_again(
    *, outside: ExternalReferral, receiver_email: str, receiver_telephone: str, by: User
) -> str:
    """A new link, to the same address or a better one; the one before opens no more. Its code."""
    outside = _locked(outside)
    rules.check_can_send_again(outside, by)
    return _send_again(outside, by, email=receiver_email, telephone=receiver_telephone)


def _send_again(outside: ExternalReferral, by: User, *, email: str, telephone: str) -> str:
    outside.way, outside.answer_by = ExternalReferral.Way.LINK, _answer_by()
    outside.receiver_email, outside.receiver_telephone = email, telephone
    outside.save(update_fields=["way", "answer_by", "receiver_email", "receiver_telephone"])
    record_external_event(outside, ExternalReferralStep.Kind.SENT_AGAIN, by=by)
    return make_link(outside)


def _locked(outside: ExternalReferral) -> ExternalReferral:
    """As it is now, while nobody else changes it."""
    return (
        ExternalReferral.objects.select_for_update(of=("self",))
        .select_related("family", "from_team__agency", "sent_by")
        .get(pk=outside.pk)
    )


def _move(outside: ExternalReferral, to: Status, **changes: object) -> None:
    rules.check_moves(outside, to)
    ExternalReferral.objects.filter(pk=outside.pk).update(status=to, **changes)
    outside.status = to


@transaction.atomic
def answer_outside(
    *,
    outside: ExternalReferral,
    verb: str,
    who: ExternalReader,
    by: User | None = None,
    key: str | None = None,
    **texts: str,
) -> None:
    """Take down an answer from outside: by link, or told to `by`, its sender, who writes it down.

    `verb` is one of ANSWERS. The sender is told; whatever the answer, the family stays with the
    team that leads it. Sent twice under one `key`, it is taken once. Raises Conflict where it no
    longer fits.
    """
    outside, answer = _locked(outside), ANSWERS[verb]
    if key and ExternalReferralStep.objects.filter(key=key, outside=outside).exists():
        return
    if by:
        rules.check_can_write_down(outside, by)
    check_is_said(**{name: texts.get(name, "") for name in answer.wanted})
    now = timezone.now()
    fields: dict[str, object] = {"acknowledged_at": outside.acknowledged_at or now, answer.at: now}
    if answer.to == Status.CLOSED:
        fields["outcome"] = texts["outcome"]
    _move(outside, answer.to, **fields)
    instead = texts.pop("alternative", "")
    words = [*texts.values(), f"Instead: {instead}" if instead else ""]
    record_external_event(
        outside, answer.step, by=by, who=who, text="\n\n".join(filter(None, words)), key=key
    )
    if not by:
        message = f"Somebody outside has {answer.said} your referral."
        notify_team(outside.from_team, answer.kind, message, outside, by=None)


@transaction.atomic
def inform_outside(*, outside: ExternalReferral, answer: str, by: User) -> str:
    """Give the information that was asked for. They read it by a new link; its code is returned."""
    outside = _locked(outside)
    rules.check_can_tell(outside, by)
    check_is_said(answer=answer)
    rules.check_says_nothing_shielded(outside.family, answer=answer)
    _move(outside, Status.SENT)
    record_external_event(outside, ExternalReferralStep.Kind.TOLD, by=by, text=answer)
    if not outside.receiver_email:
        return ""
    email, telephone = outside.receiver_email, outside.receiver_telephone
    return _send_again(outside, by, email=email, telephone=telephone)


@transaction.atomic
def withdraw_external(*, outside: ExternalReferral, why: str, by: User) -> None:
    """Withdraw it: the link opens no more, and whoever had it is told so."""
    outside = _locked(outside)
    rules.check_can_take_back(outside, by)
    _move(outside, Status.WITHDRAWN, ended_at=timezone.now())
    close_links(outside)
    record_external_event(outside, ExternalReferralStep.Kind.WITHDRAWN, by=by, text=why)
    team = outside.from_team
    body = WITHDRAWN.format(team=team)
    queue_email(to=outside.receiver_email, subject=f"{team} has withdrawn a referral", body=body)


@transaction.atomic
def settle_outside(*, outside: ExternalReferral, what_was_done: str, by: User) -> None:
    """Say what was done instead of what nobody outside took on."""
    outside = _locked(outside)
    rules.check_can_settle_outside(outside, by)
    check_is_said(what_was_done=what_was_done)
    outside.settled_at, outside.settled_by = timezone.now(), by
    outside.what_was_done = what_was_done
    outside.save(update_fields=["settled_at", "settled_by", "what_was_done"])
    record_external_event(outside, ExternalReferralStep.Kind.SETTLED, by=by, text=what_was_done)


@transaction.atomic
def expire_outside(*, outside: ExternalReferral, today: date) -> None:
    """Give it back to its named sender: nobody outside has answered in its time."""
    outside = _locked(outside)
    if outside.answer_by >= today:
        raise Conflict("This referral still has time to be answered.")
    _move(outside, Status.EXPIRED, ended_at=timezone.now())
    close_links(outside)
    sender = named_sender(outside)
    to = str(sender.ref) if sender else ""
    record_external_event(outside, ExternalReferralStep.Kind.EXPIRED, to=to)
    if sender:
        message = "A referral that you sent outside was not answered, and is back with you."
        notify_person(sender, NotificationType.RETURNED, message, outside)


@transaction.atomic
def print_outside(*, outside: ExternalReferral, what: str, by: User) -> None:
    """Note that it was printed: the form for whoever it goes to, or the letter to the family."""
    rules.check_can_print(outside, by)
    record_external_event(outside, ExternalReferralStep.Kind.PRINTED, by=by, text=what)
