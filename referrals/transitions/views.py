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
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
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
    message: str


def _done(request: HttpRequest, referral: Referral, form: forms.TransitionForm, move: Move) -> bool:
    """Do it, once for each submission. False when what was typed is not enough."""
    user = signed_in(request)
    try:
        perform(request, move.act, referral=referral, by=user, **form.cleaned_data)
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


def transition_view(
    verb: str,
    form: type[forms.TransitionForm],
    check: Callable[[Referral, User], object],
    act: Callable[..., object],
    message: str,
) -> Callable[[HttpRequest, str], HttpResponse]:
    """The page of one move."""
    move = Move(verb, form, check, act, message)

    @idempotent_post(NOTHING_NEW)  # the referral's state says that it was done
    def view(request: HttpRequest, ref: str) -> HttpResponse:
        user = signed_in(request)
        referral = load(user, ref)
        sent = sent_or_draft(request)
        form = move.form(referral, sent, by=user, initial=_first_choice(referral, user))
        if request.method != "POST":
            move.check(referral, user)
        elif form.is_valid() and _done(request, referral, form, move):
            messages.success(
                request, move.message.format(to=referral.to_team, sender=referral.from_team)
            )
            # Back to the list that the button stood in, if it stood in one of ours.
            back = request.GET.get("back", "")
            ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
            if ours and back.startswith("/"):
                return go_to(back)
            # Its page; for somebody whose part in it is over by this, what else needs them.
            still = Referral.objects.visible_to(user).filter(pk=referral.pk).exists()
            return go_to(referral if still else "referrals:tasks")
        context = {"form": form, "referral": referral, "shown": show_family(request, referral)}
        return render(request, f"referrals/{move.verb}.html", context)

    view.__name__ = view.__qualname__ = verb
    return view


send = transition_view(
    "send", forms.SendForm, rules.check_can_send, sender_actions.send, "Sent to {to}."
)
acknowledge = transition_view(
    "acknowledge",
    forms.TransitionForm,
    rules.check_can_acknowledge,
    receiver_actions.acknowledge,
    "Acknowledged. {sender} has been told.",
)
accept = transition_view(
    "accept",
    forms.AcceptForm,
    rules.check_can_accept,
    receiver_actions.accept,
    "Accepted. {to} now works with this family, and {sender} has been told.",
)
allocate = transition_view(
    "allocate",
    forms.AllocateReferralForm,
    rules.check_can_allocate,
    receiver_actions.allocate,
    "Allocated.",
)
decline = transition_view(
    "decline",
    forms.DeclineForm,
    rules.check_can_decline,
    receiver_actions.decline,
    "Declined. {sender} has been told why, and keeps the family.",
)
ask = transition_view(
    "ask",
    forms.AskForm,
    rules.check_can_ask,
    receiver_actions.ask,
    "Your question is with {sender}.",
)
answer = transition_view(
    "answer",
    forms.AnswerForm,
    rules.check_can_answer,
    sender_actions.answer,
    "Your answer is with {to}.",
)
withdraw = transition_view(
    "withdraw",
    forms.WithdrawForm,
    rules.check_can_withdraw,
    sender_actions.withdraw,
    "Withdrawn. The family stays with {sender}.",
)
first_contact = transition_view(
    "first_contact",
    forms.FirstContactForm,
    rules.check_can_note_first_contact,
    receiver_actions.note_first_contact,
    "First contact recorded. {sender} has been told.",
)
close = transition_view(
    "close",
    forms.CloseReferralForm,
    rules.check_can_close,
    receiver_actions.close,
    "Closed. {sender} has been told what came of it.",
)
edit = transition_view(
    "edit", forms.EditForm, rules.check_can_edit, sender_actions.edit, "The draft is changed."
)
redirect = transition_view(
    "redirect",
    forms.RedirectForm,
    rules.check_can_redirect,
    receiver_actions.redirect,
    "Sent on. {sender} has been told, and stays responsible for the family.",
)
pause = transition_view(
    "pause",
    forms.TransitionReasonForm,
    rules.check_can_pause,
    clock_actions.pause,
    "The clock is paused. Both sides see why.",
)
resume = transition_view(
    "resume",
    forms.TransitionForm,
    rules.check_can_resume,
    clock_actions.resume,
    "The clock goes on.",
)
challenge = transition_view(
    "challenge",
    forms.TransitionReasonForm,
    rules.check_can_challenge,
    dispute_actions.challenge,
    "{to} has been told that you disagree. The family stays with {sender} meanwhile.",
)
take_further = transition_view(
    "take_further",
    forms.TransitionReasonForm,
    rules.check_can_take_further,
    dispute_actions.take_further,
    "Taken to the next stage. Those who speak for each side have been told.",
)
propose = transition_view(
    "propose",
    forms.ProposeForm,
    rules.check_can_settle,
    dispute_actions.propose,
    "Proposed. It is settled when the other side agrees.",
)
agree = transition_view(
    "agree",
    forms.TransitionForm,
    rules.check_can_agree,
    dispute_actions.agree,
    "Agreed: this is settled.",
)
