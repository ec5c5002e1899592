"""One page for each move: what it means, what it asks for, and the button that does it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect as go_to
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import NotAllowed, why_not
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post
from referrals import rules
from referrals.models import Referral
from referrals.transitions import (
    clock_actions,
    dispute_actions,
    forms,
    receiver_actions,
    sender_actions,
)
from referrals.transitions.loading import load
from referrals.transitions.preview_actions import show_family


@dataclass(frozen=True)
class Move:
    """What a move's page needs to know. The form's fields are the action's arguments."""

    verb: str
    form: type[forms.TransitionForm]
    check: Callable[[Referral, User], object]
    act: Callable[..., object]
    said: str


def _page(request: HttpRequest, ref: str, move: Move) -> HttpResponse:
    user = signed_in(request)
    referral = load(user, ref)
    sent = sent_or_draft(request)
    form = move.form(referral, sent, by=user, initial=_first_choice(referral, user))
    if request.method != "POST":
        move.check(referral, user)
    elif form.is_valid() and _done(request, referral, form, move):
        messages.success(request, move.said.format(to=referral.to_team, sender=referral.from_team))
        return go_to(_onwards(request) or _where_now(referral, user))
    context = {"form": form, "referral": referral, "shown": show_family(request, referral)}
    return render(request, f"referrals/{move.verb}.html", context)


def _where_now(referral: Referral, user: User) -> Referral | str:
    """Its page; for somebody whose part in it is over by this, what else needs them."""
    still = Referral.objects.visible_to(user).filter(pk=referral.pk).exists()
    return referral if still else "referrals:tasks"


def _done(request: HttpRequest, referral: Referral, form: forms.TransitionForm, move: Move) -> bool:
    """Do it, once for each submission. False when what was typed is not enough."""
    user = signed_in(request)

    def work() -> dict[str, object]:
        move.act(referral=referral, by=user, **form.cleaned_data)
        return {"ref": referral.ref}

    try:
        idempotent_post(request, work, makes=NOTHING_NEW)  # its state says that it was done
    except ValidationError as wrong:
        form.add_error(None, wrong)
        return False
    except NotAllowed as refused:
        if why_not(move.check, referral, user):  # the move itself, not what was typed
            raise
        form.add_error(None, str(refused))
        return False
    return True


def _first_choice(referral: Referral, user: User) -> dict[str, object]:
    """A practitioner who accepts most often takes the family on; a manager allocates.

    The lead that was asked for goes to who asked for it.
    """
    if referral.pathway.asks_for_lead:
        return {"allocated_to": referral.sent_by.ref} if referral.sent_by else {}
    allocates = user.can_in(referral.to_team_id, Capability.LEAD_TEAM)
    takes_it_on = user.works_in(referral.to_team_id) and not allocates
    return {"allocated_to": user.ref} if takes_it_on else {}


def _onwards(request: HttpRequest) -> str:
    """Back to the list that the button stood in, if it stood in one of ours."""
    back = request.GET.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if ours and back.startswith("/") else ""


def send(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, SEND)


def acknowledge(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, ACKNOWLEDGE)


def accept(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, ACCEPT)


def allocate(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, ALLOCATE)


def decline(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, DECLINE)


def ask(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, ASK)


def answer(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, ANSWER)


def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, WITHDRAW)


def first_contact(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, FIRST_CONTACT)


def close(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, CLOSE)


def edit(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, EDIT)


def redirect(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, REDIRECT)


def pause(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, PAUSE)


def resume(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, RESUME)


def challenge(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, CHALLENGE)


def take_further(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, TAKE_FURTHER)


def propose(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, PROPOSE)


def agree(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, AGREE)


SEND = Move("send", forms.SendForm, rules.check_can_send, sender_actions.send, "Sent to {to}.")
ACKNOWLEDGE = Move(
    "acknowledge",
    forms.TransitionForm,
    rules.check_can_acknowledge,
    receiver_actions.acknowledge,
    "Acknowledged. {sender} has been told.",
)
ACCEPT = Move(
    "accept",
    forms.AcceptForm,
    rules.check_can_accept,
    receiver_actions.accept,
    "Accepted. {to} now works with this family, and {sender} has been told.",
)
ALLOCATE = Move(
    "allocate",
    forms.AllocateReferralForm,
    rules.check_can_allocate,
    receiver_actions.allocate,
    "Allocated.",
)
DECLINE = Move(
    "decline",
    forms.DeclineForm,
    rules.check_can_decline,
    receiver_actions.decline,
    "Declined. {sender} has been told why, and keeps the family.",
)
ASK = Move(
    "ask",
    forms.AskForm,
    rules.check_can_ask,
    receiver_actions.ask,
    "Your question is with {sender}.",
)
ANSWER = Move(
    "answer",
    forms.AnswerForm,
    rules.check_can_answer,
    sender_actions.answer,
    "Your answer is with {to}.",
)
WITHDRAW = Move(
    "withdraw",
    forms.WithdrawForm,
    rules.check_can_withdraw,
    sender_actions.withdraw,
    "Withdrawn. The family stays with {sender}.",
)
FIRST_CONTACT = Move(
    "first_contact",
    forms.FirstContactForm,
    rules.check_can_note_first_contact,
    receiver_actions.note_first_contact,
    "First contact recorded. {sender} has been told.",
)
CLOSE = Move(
    "close",
    forms.CloseReferralForm,
    rules.check_can_close,
    receiver_actions.close,
    "Closed. {sender} has been told what came of it.",
)
EDIT = Move(
    "edit", forms.EditForm, rules.check_can_edit, sender_actions.edit, "The draft is changed."
)
REDIRECT = Move(
    "redirect",
    forms.RedirectForm,
    rules.check_can_redirect,
    receiver_actions.redirect,
    "Sent on. {sender} has been told, and stays responsible for the family.",
)
PAUSE = Move(
    "pause",
    forms.TransitionReasonForm,
    rules.check_can_pause,
    clock_actions.pause,
    "The clock is paused. Both sides see why.",
)
RESUME = Move(
    "resume",
    forms.TransitionForm,
    rules.check_can_resume,
    clock_actions.resume,
    "The clock goes on.",
)
CHALLENGE = Move(
    "challenge",
    forms.TransitionReasonForm,
    rules.check_can_challenge,
    dispute_actions.challenge,
    "{to} has been told that you disagree. The family stays with {sender} meanwhile.",
)
TAKE_FURTHER = Move(
    "take_further",
    forms.TransitionReasonForm,
    rules.check_can_take_further,
    dispute_actions.take_further,
    "Taken to the next stage. Those who speak for each side have been told.",
)
PROPOSE = Move(
    "propose",
    forms.ProposeForm,
    rules.check_can_settle,
    dispute_actions.propose,
    "Proposed. It is settled when the other side agrees.",
)
AGREE = Move(
    "agree",
    forms.TransitionForm,
    rules.check_can_agree,
    dispute_actions.agree,
    "Agreed: this is settled.",
)
