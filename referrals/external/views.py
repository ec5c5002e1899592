"""A sender's pages of what goes to people without an account."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from families.models import Family
from leap.core.accounts.models import User
from leap.core.exceptions import NotAllowed, why_not
from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.drafts import draft_in, sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from leap.core.ui.pagination import page_of
from referrals.external import actions as external_actions
from referrals.external import link_actions, rules
from referrals.external.disclosure import safe_ways, seen_by_recipient
from referrals.external.forms import (
    ReferOutsideForm,
    SendAgainForm,
    SettleOutsideForm,
    TellForm,
    WithdrawalReasonForm,
    WriteDownForm,
)
from referrals.external.queries import external_status_in_words, sent_outside
from referrals.models import ExternalReferral
from referrals.subject import with_families, with_whole_families

A_PAGE = 20
BUTTONS = (
    ("write_down", "Write down an answer", rules.check_can_write_down, ""),
    ("inform_outside", "Answer the question", rules.check_can_tell, ""),
    ("settle_outside", "Say what you did instead", rules.check_can_settle_outside, ""),
    ("send_again", "Send again with a new code", rules.check_can_send_again, "secondary"),
    ("take_back", "Withdraw", rules.check_can_take_back, "secondary"),
)


@require_GET
def outside(request: HttpRequest) -> HttpResponse:
    """What my teams sent outside: first what came back, then the rest, the latest first."""
    sent = sent_outside(signed_in(request))
    came_back = with_families(sent.came_back())
    rest = sent.exclude(pk__in=[referral.pk for referral in came_back])
    page = page_of(rest, A_PAGE, request.GET.get("page"))
    page.object_list = with_families(page.object_list)
    return render(request, "referrals/outside/list.html", {"came_back": came_back, "page": page})


@idempotent_post("referral", route="referrals:refer_outside")
def refer_outside(request: HttpRequest) -> HttpResponse:
    """Refer a family to somebody without an account."""
    user = signed_in(request)
    ref = request.GET.get("family", "").strip().upper()
    if not ref:
        return redirect("referrals:new")
    family = get_by_ref_or_404(Family.objects.visible_to(user), ref)
    involved = set(family.involvements.live().values_list("team", flat=True))
    senders = [team for team in user.teams if team.pk in involved]
    if not senders:
        raise NotAllowed("Your team is not working with this family, so it cannot refer it.")
    rules.check_can_refer_outside(family, senders[0], user)
    sent = sent_or_draft(request, form=_kept_as(family))
    draft = draft_in(request)
    form = ReferOutsideForm(senders, sent, initial={"way": ExternalReferral.Way.LINK})
    if draft:
        form.without_complaints()
    elif sent and form.is_valid():
        codes = list[str]()
        try:
            done = perform(request, _send, codes, family, user, form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            return _with_code(request, str(done["ref"]), codes)
    context = {"form": form, "family": family, "kept": draft, "kept_as": _kept_as(family)}
    context["leaving"] = seen_by_recipient(family)
    return render(request, "referrals/outside/new.html", {**context, "safe": safe_ways(family)})


def _kept_as(family: Family) -> str:
    return f"outside-{family.ref}"


def _send(codes: list[str], family: Family, user: User, typed: dict[str, Any]) -> ExternalReferral:
    """The code goes into `codes`, not into the answer, which is kept."""
    sent, code = external_actions.refer_outside(family=family, by=user, **typed)
    codes.append(code)
    return sent


def _with_code(request: HttpRequest, ref: str, codes: list[str]) -> HttpResponse:
    """The code, this once: it is kept nowhere. A form that was sent twice shows none."""
    referral = load(signed_in(request), ref)
    if codes and codes[0]:
        return render(
            request, "referrals/outside/code.html", {"outside": referral, "code": codes[0]}
        )
    if not codes:
        messages.info(request, "This was sent already. Without its code, send it again.")
    return redirect(referral)


def load(user: User, ref: str) -> ExternalReferral:
    """One of them as far as `user` may see it; 404 where it does not exist for them."""
    seen = ExternalReferral.objects.visible_to(user).select_related(
        "from_team__agency", "sent_by", "settled_by"
    )
    return with_whole_families([get_by_ref_or_404(seen, ref)])[0]


@require_GET
def outside_item(request: HttpRequest, ref: str) -> HttpResponse:
    """One of them: where it is, what has happened, and what its sender can do."""
    user = signed_in(request)
    referral = load(user, ref)
    link = referral.links.order_by("-made_at").first()
    context = {
        "outside": referral,
        "where": external_status_in_words(referral),
        "steps": referral.steps.select_related("by").order_by("-at", "-pk"),
        "link": link.stands(timezone.localdate()) if link else "",
        "link_until": link.expires_on if link else None,
        "can_revoke": link and why_not(rules.check_can_revoke, referral, user) is None,
        "can_print": why_not(rules.check_can_print, referral, user) is None,
        "buttons": [button for button in BUTTONS if why_not(button[2], referral, user) is None],
        "family_is_visible": Family.objects.visible_to(user).filter(pk=referral.family_id).exists(),
    }
    return render(request, "referrals/outside/item.html", context)


def _page(
    request: HttpRequest,
    ref: str,
    verb: str,
    check: Callable[[ExternalReferral, User], object],
    make: Callable[[ExternalReferral, Any], forms.Form],
    act: Callable[[ExternalReferral, Any], object],
) -> HttpResponse:
    """A page that asks for what a step needs, and takes it. A step that makes a code shows it."""
    user, codes = signed_in(request), list[str]()
    referral = load(user, ref)
    form = make(referral, sent_or_draft(request))
    if request.method != "POST":
        check(referral, user)
    elif form.is_valid():
        try:
            perform(request, lambda: codes.append(str(act(referral, form) or "")))
            return _with_code(request, ref, codes)
        except ValidationError as wrong:
            form.add_error(None, wrong)
    return render(request, f"referrals/outside/{verb}.html", {"form": form, "outside": referral})


@idempotent_post(NOTHING_NEW)
def send_again(request: HttpRequest, ref: str) -> HttpResponse:
    """A new link and code, to the same address or a better one."""
    user = signed_in(request)

    def make(referral: ExternalReferral, sent: Any) -> forms.Form:
        initial = {"receiver_email": referral.receiver_email}
        initial["receiver_telephone"] = referral.receiver_telephone
        return SendAgainForm(sent, initial=initial)

    def act(referral: ExternalReferral, form: forms.Form) -> object:
        return external_actions.send_again(outside=referral, by=user, **form.cleaned_data)

    return _page(request, ref, "send_again", rules.check_can_send_again, make, act)


@idempotent_post(NOTHING_NEW)
def inform_outside(request: HttpRequest, ref: str) -> HttpResponse:
    """Give the information that was asked for."""
    user = signed_in(request)
    return _page(
        request,
        ref,
        "inform",
        rules.check_can_tell,
        lambda referral, sent: TellForm(sent),
        lambda referral, form: external_actions.inform_outside(
            outside=referral, by=user, **form.cleaned_data
        ),
    )


@idempotent_post(NOTHING_NEW)
def take_back(request: HttpRequest, ref: str) -> HttpResponse:
    """Withdraw it."""
    user = signed_in(request)
    return _page(
        request,
        ref,
        "take_back",
        rules.check_can_take_back,
        lambda referral, sent: WithdrawalReasonForm(sent),
        lambda referral, form: external_actions.withdraw_external(
            outside=referral, by=user, **form.cleaned_data
        ),
    )


@idempotent_post(NOTHING_NEW)
def settle_outside(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what was done instead of what nobody outside took on."""
    user = signed_in(request)
    return _page(
        request,
        ref,
        "settle",
        rules.check_can_settle_outside,
        lambda referral, sent: SettleOutsideForm(sent),
        lambda referral, form: external_actions.settle_outside(
            outside=referral, by=user, **form.cleaned_data
        ),
    )


@idempotent_post(NOTHING_NEW)
def write_down(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down what somebody outside has answered, on a slip or on the telephone."""
    user = signed_in(request)

    def act(referral: ExternalReferral, form: Any) -> object:
        fields = form.cleaned_data
        who = link_actions.ExternalReader(fields["name"], fields["role"], fields["organisation"])
        return external_actions.answer_outside(
            outside=referral, verb=fields["verb"], who=who, by=user, **form.answer
        )

    make: Callable[[ExternalReferral, Any], forms.Form] = WriteDownForm
    return _page(request, ref, "write_down", rules.check_can_write_down, make, act)


@require_POST
@idempotent_post(NOTHING_NEW)
def revoke(request: HttpRequest, ref: str) -> HttpResponse:
    """Close the link."""
    user = signed_in(request)
    referral = load(user, ref)
    perform(request, link_actions.revoke, outside=referral, by=user)
    messages.success(request, "The link is closed.")
    return redirect(referral)
