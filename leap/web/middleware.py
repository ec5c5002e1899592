"""Around every view: refusals become pages, signed-in pages are never cached, typing is kept."""

import errno
import logging
from collections.abc import Callable
from http import HTTPStatus
from time import time

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from psycopg2 import errors

from leap.core import parse
from leap.core.auth import device_cookie, rules
from leap.core.auth.login import WITH_CODE
from leap.core.auth.models import SecondFactor
from leap.core.exceptions import Conflict, NotAllowed, TooMany
from leap.core.http import clean_fields, signed_in
from leap.core.outbox.idempotency import SavedBefore
from leap.web import error_pages

log = logging.getLogger("leap.web.middleware")


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Signed out, opening a page leads to signing in, and sending a form keeps what was typed."""

    def handle_no_permission(  # type: ignore[override]  # a page is as good as a redirect
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.method == "POST":
            return error_pages.send_again(request)
        return super().handle_no_permission(request, view_func)


class MFARequiredMiddleware:
    """Whoever must sign in with a second step and has not is led to it before anything else.

    Their teams are asked for anyway, by every page; whether they have one, only on the way there.
    """

    OPEN = frozenset({"second_factor", "code", "again", "still", "sign_out"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        if request.session.get(WITH_CODE) or not rules.must_have_second_factor(request.user):
            return None
        has_one = SecondFactor.objects.filter(user=request.user).exists()
        return self._lead(request, has_one=has_one)

    def _lead(self, request: HttpRequest, *, has_one: bool) -> HttpResponse | None:
        where = request.resolver_match
        ours = where is not None and where.namespace == "accounts"
        open_here = self.OPEN - ({"second_factor"} if has_one else set())
        if ours and where is not None and where.url_name in open_here:
            return None
        if request.path.startswith("/api/"):
            return error_pages.refusal(request, 403, "Sign in with your second step first.")
        if request.method == "POST":
            return error_pages.send_again(request)
        there = reverse("accounts:code" if has_one else "accounts:second_factor")
        return redirect(f"{there}?{urlencode({'next': request.get_full_path()})}")


class CleanTextMiddleware:
    """What is typed, and what an address says, is text before any view reads it; see
    leap.core.parse.

    The API reads its own bodies: see leap.core.api.parsing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.GET = clean_fields(request.GET)  # type: ignore[assignment]  # it is immutable
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: object, args: object, kwargs: dict[str, object]
    ) -> HttpResponse | None:
        if not all(parse.is_storable(str(value)) for value in kwargs.values()):
            return error_pages.not_found(request)
        if request.method == "POST" and not request.path.startswith("/api/"):
            request.POST = clean_fields(request.POST)  # type: ignore[assignment]
        return None


class FormOwnerMiddleware:
    """A form made for one person is never sent as another who signed in over it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if request.method != "POST" or not request.user.is_authenticated:
            return None
        made_for = request.POST.get(error_pages.MADE_FOR, "")
        if made_for in ("", str(signed_in(request).ref)):
            return None
        return error_pages.somebody_elses(request)


class IdleTimeoutMiddleware:
    """Somebody at work is not timed out. Noted once a minute, so that pages need not write.

    A page that only asks whether it is still signed in gives no sign of life. However busy, nobody
    stays in for longer than a working day.
    """

    EVERY = 60  # seconds

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time())
            if now - int(request.session.get("since", now)) >= settings.SESSION_LONGEST:
                logout(request)
            elif now - int(request.session.get("here_at", 0)) >= self.EVERY and not (
                request.method == "GET" and request.path == reverse("accounts:still")
            ):
                request.session["here_at"] = now
        return self.get_response(request)


class SecurityHeadersMiddleware:
    """What a page may use of the device, and who may take it in: nothing, and nobody."""

    PERMISSIONS = ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "autoplay",
            "browsing-topics",
            "camera",
            "display-capture",
            "encrypted-media",
            "fullscreen",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "picture-in-picture",
            "usb",
        )
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = self.PERMISSIONS
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class DeviceCookieMiddleware:
    """Whoever has just signed in is known in this browser from now on: see guessing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        device_cookie.set_cookie(request, response)
        return response


class NoStoreMiddleware:
    """Signed-in pages stay out of every cache, so that going back after sign-out shows none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response


class DomainErrorMiddleware:
    """`NotAllowed` becomes 403 and `Conflict` 409, with their sentence; `SavedBefore` asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TooMany):
            return error_pages.refused(request, 429, str(exception))
        if isinstance(exception, NotAllowed):
            return error_pages.refused(request, 403, str(exception))
        if isinstance(exception, Conflict):
            return error_pages.refused(request, 409, str(exception))
        if isinstance(exception, SavedBefore):
            return error_pages.saved_before(request, exception)
        return self._no_room(request) if is_full(exception) else None

    def _no_room(self, request: HttpRequest) -> HttpResponse | None:
        """What was typed comes back to be sent again; None, and so 500, where even that fails."""
        log.error("no room to save: %s", request.path)
        if request.method != "POST" or request.path.startswith("/api/"):
            return None
        try:
            return error_pages.send_again(request, status=HTTPStatus.INSUFFICIENT_STORAGE)
        except Error:
            return None


# Class 53 of SQLSTATE.
NO_RESOURCES = (
    errors.ConfigurationLimitExceeded,
    errors.DiskFull,
    errors.InsufficientResources,
    errors.OutOfMemory,
    errors.TooManyConnections,
)


def is_full(error: Exception) -> bool:
    """Whether this is a disk without room, ours or the database's."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(error, Error) and isinstance(error.__cause__, NO_RESOURCES)
