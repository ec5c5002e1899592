"""Signing in with the organisation's own account, at its OpenID Connect provider."""

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from leap.core.auth import login, provider
from leap.core.auth.actions import note_refused_provider
from leap.core.auth.views.sign_in import heading_for, redirect_to_next, to_code

NEXT = "after_provider"
AWAY = "{name} did not answer. Try again in a minute, or sign in with your password."
BROKEN_OFF = "Signing in with {name} was broken off. Nothing happened; you can start again."
NOT_HERE = (
    "{name} has confirmed who you are, but there is no account here for that e-mail address, "
    "or {name} has not verified it. Ask your manager."
)
log = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_GET
def sign_in_with_provider(request: HttpRequest) -> HttpResponse:
    """Go to the provider."""
    _check_there_is_one()
    try:
        answer = provider.send_to(request)
    except provider.TROUBLE as trouble:
        log.warning("the sign-in provider did not answer: %s", type(trouble).__name__)
        return _refuse(request, AWAY, 503)
    request.session[NEXT] = heading_for(request)
    return answer


@login_not_required
@never_cache
@require_GET
def provider_back(request: HttpRequest) -> HttpResponse:
    """Back from the provider: sign in the account it vouches for, if there is one."""
    _check_there_is_one()
    to = request.session.pop(NEXT, "")
    try:
        claims = provider.who_came(request)
    except provider.TROUBLE as trouble:
        log.warning("signing in with the provider failed: %s", type(trouble).__name__)
        return _refuse(request, BROKEN_OFF, 403)
    user, why_not = provider.account_of(claims)
    if user is None:
        note_refused_provider(why=why_not)
        return _refuse(request, NOT_HERE, 403)
    sure = provider.asked_for_second_factor(claims)
    there = login.sign_in_or_ask_for_code(request, user, how="provider", sure=sure)
    return redirect_to_next(request, to) if there else to_code(request, to)


def _check_there_is_one() -> None:
    if not settings.OIDC_ISSUER:
        raise Http404


def _refuse(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    context = {"sentence": sentence.format(name=settings.OIDC_NAME)}
    return render(request, "accounts/provider_refused.html", context, status=status)
