"""Signing in and out, with the second step."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from leap.core.auth import device_cookie, login
from leap.core.auth.actions import note_sign_out, try_password
from leap.core.auth.forms import CodeForm, SignInForm
from leap.core.http import address_of

WRONG = (
    "The e-mail address or the password is not right. Check both and try again. "
    "After ten tries, even the right password has to wait 15 minutes, except where you have signed "
    "in before. A new password by e-mail does not have to wait."
)
WRONG_CODE = (
    "This code is not right, or it has been used. Wait for the next one and try again. "
    "After ten tries, even the right code has to wait 15 minutes."
)
DEMONSTRATION_PASSWORD = "leap-demo"  # noqa: S105 listed on the page, in demonstration mode only
DEMONSTRATION = (
    ("midwife", "Midwife", "hands families over to health visiting"),
    ("healthvisitor", "Health visitor", "has a caseload and logs contacts"),
    ("familysupport", "Family support worker", "takes referrals and books courses"),
    ("socialworker", "Social worker", "receives families who step up"),
    ("manager", "Manager, health visiting", "watches the referral queue in Stockwell"),
    ("admin", "Admin", "exports the reports"),
    ("analyst", "Analyst", "sees figures, no families"),
    ("champion", "Community Champion", "sees their own sessions, no records"),
    ("dataquality", "Data quality officer", "decides on possible duplicates"),
)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail and password; go on to the code, or to where the person was heading."""
    if request.user.is_authenticated:
        return redirect_to_next(request)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = try_password(
            **form.cleaned_data,
            address=address_of(request),
            device_of=partial(device_cookie.device_of, request),
        )
        if user:
            there = login.sign_in_or_ask_for_code(request, user, how="password", sure=False)
            return redirect_to_next(request) if there else to_code(request)
        form.add_error(None, WRONG)
    page = {
        "form": form,
        "next": heading_for(request),
        "demonstration": [
            {
                "email": f"{who}@leap.example",
                "role": role,
                "does": does,
                "password": DEMONSTRATION_PASSWORD,
            }
            for who, role, does in DEMONSTRATION
            if settings.DEMO
        ],
        "provider_label": f"Sign in with {settings.OIDC_NAME}",
        "provider_url": _with_next("accounts:sign_in_with_provider", heading_for(request)),
    }
    return render(request, "accounts/sign_in.html", page)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the authenticator app, or a recovery code."""
    user = login.awaiting_second_factor(request)
    if user is None:
        return redirect("accounts:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if login.finish_with_code(request, user, form.cleaned_data["code"]):
            return redirect_to_next(request)
        form.add_error("code", WRONG_CODE)
    return render(request, "accounts/code.html", {"form": form, "next": heading_for(request)})


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        note_sign_out(user=request.user)
    logout(request)
    messages.success(request, "You are signed out.")
    return redirect("accounts:sign_in")


def heading_for(request: HttpRequest) -> str:
    """Where the person was heading, if that is one of our own pages."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else ""


def redirect_to_next(request: HttpRequest, to: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(to or heading_for(request) or resolve_url("my_work"))


def to_code(request: HttpRequest, to: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(_with_next("accounts:code", to or heading_for(request)))


def _with_next(name: str, to: str) -> str:
    there = reverse(name)
    return f"{there}?{urlencode({'next': to})}" if to else there
