"""Signing in and out."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from leap.accounts import guessing
from leap.accounts.forms import SignInForm

WRONG = "The e-mail address or the password is not right. Check both and try again."
WAIT = "There have been too many tries for this e-mail address. Wait 15 minutes, then try again."
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
)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail and password; go on to where the person was heading."""
    if request.user.is_authenticated:
        return _onwards(request)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refused = _try(request, form.cleaned_data["email"], form.cleaned_data["password"])
        if not refused:
            return _onwards(request)
        form.add_error(None, refused)
    page = {"form": form, "next": _next(request), "demonstration": _demonstration()}
    return render(request, "accounts/sign_in.html", page)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, "You are signed out.")
    return redirect("accounts:sign_in")


def _try(request: HttpRequest, email: str, password: str) -> str:
    """Sign in, or say why not. The answer never tells whether the e-mail address is known."""
    address = request.META.get("REMOTE_ADDR", "")
    if guessing.too_many(email, address):
        return WAIT
    user = authenticate(request, username=email, password=password)
    if user is None:
        guessing.count_wrong(email, address)
        return WRONG
    guessing.forget(email, address)
    login(request, user)
    return ""


def _next(request: HttpRequest) -> str:
    """Where the person was heading, if that is one of our own pages."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else ""


def _onwards(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(_next(request) or resolve_url(settings.LOGIN_REDIRECT_URL))


def _demonstration() -> list[dict[str, str]]:
    if not settings.DEMO:
        return []
    return [
        {
            "email": f"{who}@leap.example",
            "role": role,
            "does": does,
            "password": DEMONSTRATION_PASSWORD,
        }
        for who, role, does in DEMONSTRATION
    ]
