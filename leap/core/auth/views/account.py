"""Your account: how you sign in, and where you are signed in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from leap.core.auth import actions, login, rules
from leap.core.auth.models import RecoveryCode, SecondFactor, UserSession
from leap.core.http import signed_in


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """One's own account on one page."""
    user = signed_in(request)
    sessions = UserSession.live_of(user).order_by("-seen_at")
    left = RecoveryCode.objects.filter(user=user, used_at=None).count()
    page = {
        "account": user,
        "memberships": user.live_memberships,
        "factor": SecondFactor.objects.filter(user=user).first(),
        "must": rules.must_have_second_factor(user),
        "codes_left": left,
        "codes_left_in_words": f"{left} left",
        "sessions": sessions,
        "this": login.this_session(request),
    }
    return render(request, "accounts/account.html", page)


@require_POST
def end_session(request: HttpRequest, ref: str) -> HttpResponse:
    """Sign out one browser of one's own."""
    user = signed_in(request)
    if ref == login.this_session(request):
        messages.info(request, "This is the browser you are using. To leave it, sign out.")
    elif actions.end_session(user=user, ref=ref, by=user):
        messages.success(request, "Signed out there.")
    else:
        messages.info(request, "That one was signed out already.")
    return redirect("accounts:account")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    user = signed_in(request)
    actions.end_other_sessions(user=user, staying=login.this_session(request), by=user)
    messages.success(request, "You are signed out everywhere but here.")
    return redirect("accounts:account")
