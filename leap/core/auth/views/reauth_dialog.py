"""Signing in again over the page one is on: asked and answered by the page's own script."""

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from leap.core.accounts.models import User
from leap.core.auth import device_cookie, login
from leap.core.auth.actions import try_password
from leap.core.auth.views.sign_in import WRONG_CODE
from leap.core.http import address_of, signed_in

WRONG = (
    "That password is not right. Try again. "
    "After ten tries, even the right password has to wait 15 minutes."
)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def session_state(request: HttpRequest) -> JsonResponse:
    """Who is signed in here, and for how long. Asking is no sign of life; sending one is."""
    if not request.user.is_authenticated:
        return JsonResponse({"who": "", "seconds": 0})
    return _there(request)


@login_not_required
@never_cache
@sensitive_post_parameters("password", "code")
@require_POST
def sign_in_again(request: HttpRequest) -> JsonResponse:
    """Sign in whoever the page belongs to: a password first, then, if they have one, a code."""
    if "code" in request.POST:
        user = login.awaiting_second_factor(request)
        if user is None:  # too slow: the password again
            return JsonResponse({"sentence": "That took too long. Start again with your password."})
        if not login.finish_with_code(request, user, request.POST["code"][:40]):
            return JsonResponse({"sentence": WRONG_CODE, "code": True}, status=403)
        return _there(request)
    try:
        email = User.objects.get(ref=UUID(request.POST.get("who", ""))).email
    except (ValueError, User.DoesNotExist):
        # The page says whose it is. Nobody's e-mail address leaves with the answer.
        email = "nobody"
    password = request.POST.get("password", "")[:1000]
    user = try_password(
        email=email,
        password=password,
        address=address_of(request),
        device_of=partial(device_cookie.device_of, request),
    )
    if user is None:
        return JsonResponse({"sentence": WRONG}, status=403)
    there = login.sign_in_or_ask_for_code(request, user, how="password", sure=False)
    return _there(request) if there else JsonResponse({"code": True})


def _there(request: HttpRequest) -> JsonResponse:
    user = signed_in(request)
    return JsonResponse({"who": str(user.ref), "seconds": login.seconds_left(request)})
