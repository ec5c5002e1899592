"""Around every view: refusals become pages, signed-in pages are never cached, typing is kept."""

from collections.abc import Callable
from time import time

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from leap.errors import Conflict, NotAllowed
from leap.pages import errors


class SignInFirst(LoginRequiredMiddleware):
    """Signed out, opening a page leads to signing in, and sending a form keeps what was typed."""

    def handle_no_permission(  # type: ignore[override]  # a page is as good as a redirect
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.method == "POST":
            return errors.send_again(request)
        return super().handle_no_permission(request, view_func)


class StillHere:
    """Somebody at work is not timed out. Noted once a minute, so that pages need not write."""

    EVERY = 60  # seconds

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = int(time())
        if request.user.is_authenticated and now - self._noted(request) >= self.EVERY:
            request.session["here_at"] = now
        return self.get_response(request)

    def _noted(self, request: HttpRequest) -> int:
        return int(request.session.get("here_at", 0))


class NeverCached:
    """Signed-in pages stay out of every cache, so that going back after sign-out shows none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response


class Refusals:
    """`NotAllowed` becomes 403 and `Conflict` 409, with their sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            return errors.refusal(request, 403, str(exception))
        if isinstance(exception, Conflict):
            return errors.refusal(request, 409, str(exception))
        return None
