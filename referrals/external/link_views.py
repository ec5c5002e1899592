"""The page of one referral for whoever has its link and its code: nobody else, and nothing else.

A link that is wrong, expired, revoked, locked or opened elsewhere is answered like one that never
was. Whoever reads here has no account, so everything is looked at past row-level security, by that
one link.
"""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from leap.core.rls.session import bypass_rls
from referrals.external import actions as external_actions
from referrals.external import link_actions
from referrals.external.disclosure import disclosure_of
from referrals.external.forms import ANSWER_FORMS, WORDS, ByLinkForm, answers_to
from referrals.external.queries import external_status_in_words
from referrals.external.throttle import too_many
from referrals.models import ExternalReferral

CODES_AN_HOUR = 20  # codes from one address in an hour
OPENED = "opened_by_link"  # in the session: the keys of what was opened in this browser
NAMED_BY = 8  # of a link's 43 letters: enough to tell apart what one browser has open
NOT_OPENED = (
    "This link and code open nothing, or no longer do. Check the code. After five wrong ones a "
    "link is locked, and each opens once: ask whoever sent it for a new one."
)
WHY = "whoever has the link and its code reads this one referral, and is nobody else here"


@never_cache
@login_not_required
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The referral, once the code was given in this browser; until then the form that asks it."""
    with bypass_rls(WHY):
        if visit := _opened(request, token):
            outside, who = visit
            buttons = [(verb, WORDS[verb]) for verb in answers_to(outside)]
            leaving, where = disclosure_of(outside), external_status_in_words(outside)
            context = {"outside": outside, "leaving": leaving, "who": who, "token": token}
            context |= {"where": where, "buttons": buttons}
            request.session.modified = True  # at work here: the half hour begins anew
            return render(request, "referrals/outside/by_link.html", context)
        form = ByLinkForm(request.POST if request.method == "POST" else None)
        status = 200
        if form.is_bound and form.is_valid():
            if too_many(request, "by-link", CODES_AN_HOUR):
                form.add_error(None, "Too many codes were sent from here. Try again in an hour.")
                status = 429
            elif _open(request, token, form):
                return redirect("referrals:by_link", token)
            else:
                form.add_error(None, NOT_OPENED)
        return render(request, "referrals/outside/open.html", {"form": form}, status=status)


def _opened(
    request: HttpRequest, token: str
) -> tuple[ExternalReferral, link_actions.ExternalReader] | None:
    keys = request.session.get(OPENED, {})
    return link_actions.referral_opened_with(token, str(keys.get(token[:NAMED_BY], "")))


def _open(request: HttpRequest, token: str, form: ByLinkForm) -> bool:
    fields = dict(form.cleaned_data)
    code = fields.pop("code")
    who, today = link_actions.ExternalReader(**fields), timezone.localdate()
    key = link_actions.open_link(token=token, code=code, who=who, today=today)
    if not key:
        return False
    request.session.cycle_key()
    request.session[OPENED] = {**request.session.get(OPENED, {}), token[:NAMED_BY]: key}
    return True


@never_cache
@login_not_required
def answer_by_link(request: HttpRequest, token: str, verb: str) -> HttpResponse:
    """One answer: what it means, what it asks for, and the button that sends it."""
    if verb not in ANSWER_FORMS:
        raise Http404
    with bypass_rls(WHY):
        visit = _opened(request, token)
        if visit is None:
            return redirect("referrals:by_link", token)
        outside, who = visit
        form = ANSWER_FORMS[verb](request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            answer = {"verb": verb, "who": who, "key": _key(request), **form.cleaned_data}
            try:
                external_actions.answer_outside(outside=outside, **answer)
            except ValidationError as wrong:
                form.add_error(None, wrong)
            else:
                messages.success(request, f"Thank you. {outside.from_team} has been told.")
                return redirect("referrals:by_link", token)
        context = {"outside": outside, "form": form, "token": token, "verb": verb}
        context["words"] = WORDS[verb]
        return render(request, "referrals/outside/answer_by_link.html", context)


def _key(request: HttpRequest) -> str:
    try:
        return str(UUID(request.POST.get("submission", "")))
    except ValueError:
        return str(uuid4())
