"""Changing the password, and a new one for somebody who has forgotten theirs."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from leap.core.accounts.models import User
from leap.core.auth import actions, device_cookie, login
from leap.core.auth.forms import ChangePasswordForm, ForgottenForm, NewPasswordForm
from leap.core.auth.views.reauthentication import check_proof
from leap.core.http import address_of, signed_in

LINK = "new_password"  # in the session: the link's address must not stay in the browser's bar


@sensitive_post_parameters("proof", "new_password")
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Choose another password, and be signed out everywhere but here."""
    user = signed_in(request)
    form = ChangePasswordForm(user, request.POST or None)
    if request.method == "POST" and check_proof(request, form):
        update = form.cleaned_data["new_password"]
        actions.change_password(
            user=user, password=update, by=user, staying=login.this_session(request)
        )
        update_session_auth_hash(request, user)
        messages.success(request, "Your password is changed. Other browsers are signed out.")
        return redirect("accounts:account")
    return render(request, "accounts/change_password.html", {"form": form})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link by e-mail. The answer is the same for everybody."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask_for_new_password(email=form.cleaned_data["email"], address=address_of(request))
        return render(request, "accounts/forgotten_sent.html")
    return render(request, "accounts/forgotten.html", {"form": form})


@login_not_required
@never_cache
@require_GET
def open_new_password(request: HttpRequest, who: UUID, token: str) -> HttpResponse:
    """The link of the e-mail: remember it, and go on at an address without it."""
    request.session[LINK] = [str(who), token]
    return redirect("accounts:new_password")


@login_not_required
@never_cache
@sensitive_post_parameters("new_password")
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """Choose a password, for whoever came by a link that is still good."""
    user = _linked(request)
    if user is None:
        return render(request, "accounts/link_over.html", status=403)
    form = NewPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        _, token = request.session.pop(LINK)
        password = form.cleaned_data["new_password"]
        if not actions.use_link(user=user, token=token, password=password):
            return render(request, "accounts/link_over.html", status=403)
        device_cookie.remember(request, user)  # the link went to their own address
        messages.success(request, "Your password is changed. Sign in with the new one.")
        return redirect("accounts:sign_in")
    return render(request, "accounts/new_password.html", {"form": form})


def _linked(request: HttpRequest) -> User | None:
    who, token = request.session.get(LINK, ("", ""))
    user = User.objects.filter(ref=who, is_active=True).first() if who else None
    return user if user and actions.opens(user, token) else None
