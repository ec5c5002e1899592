"""How often one person may search, export and send in a minute: enough for any day's work.

Beyond that somebody is copying the records, or a script has gone wild. Where the cache is away,
nobody is held up. The API has limits of its own, in leap.core.api.throttles; signing in has, too.
"""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

from leap.core.http import signed_in
from leap.web import error_pages

MINUTE = 60  # seconds
SEARCH, EXPORT, SEND = "search", "export", "send"
SEARCHES = {"families:search", "administration:practitioners", "administration:teams"}
TAKEN_ALONG = {"offline:visit"}  # a day's visits are twenty
EXPORTS = {"outcomes:export", "outcomes:export_exact", "reports:download"}
# Typing is kept however fast it comes, and nobody is refused who asks whether they are signed in.
UNCOUNTED = {"keep_draft", "discard_draft", "accounts:still", "accounts:again", "offline:still"}
log = logging.getLogger("leap.web.rate_limits")


class RateLimitMiddleware:
    """Answers 429 with when to try again; what was typed comes back, ready to be sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        kind = _kind(request)
        if not kind or not request.user.is_authenticated:
            return None
        if _count(kind, str(signed_in(request).pk)) <= settings.PAGE_LIMITS[kind]:
            return None
        wait = int(MINUTE - time.time() % MINUTE) + 1
        answer = error_pages.too_many(request, wait=wait)
        answer.headers["Retry-After"] = str(wait)
        return answer


def _kind(request: HttpRequest) -> str:
    """What this counts as; an empty string when it is not counted."""
    where = request.resolver_match.view_name if request.resolver_match else ""
    if request.path.startswith("/api/") or where in UNCOUNTED:
        return ""
    if where in EXPORTS or where.endswith(":download"):
        return EXPORT
    if request.method == "POST":
        return SEND
    searches = where in SEARCHES and request.GET.get("q")
    return SEARCH if searches or where in TAKEN_ALONG else ""


def _count(kind: str, who: str) -> int:
    """How many there were in this minute of the clock, over all web processes."""
    key = f"pages:{kind}:{who}:{int(time.time() // MINUTE)}"
    try:
        cache.add(key, 0, 2 * MINUTE)
        return int(cache.incr(key))
    except (RedisError, ValueError) as error:  # ValueError: it ran out in between
        log.warning("not counting requests: %s", type(error).__name__)
        return 0
