"""How much one caller may ask for in a minute. Where the cache is away, nobody is held up."""

import logging
import time
from typing import TYPE_CHECKING

from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:  # views import their throttles
    from rest_framework.views import APIView

MINUTE = 60
log = logging.getLogger("leap.core.api")


class PerMinute(BaseThrottle):
    """So many requests in each minute of the clock, counted together by all web processes."""

    scope = ""

    def who(self, request: Request) -> str:
        """Whose requests are counted together; nobody's when empty."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: "APIView") -> bool:
        who = self.who(request)
        return not who or self._count(who) <= (api_settings.DEFAULT_THROTTLE_RATES[self.scope] or 0)

    def wait(self) -> float:
        return MINUTE - time.time() % MINUTE

    def _count(self, who: str) -> int:
        key = f"api:{self.scope}:{who}:{int(time.time() // MINUTE)}"
        try:
            return cache.incr(key)
        except ValueError:  # the first in this minute; two at once count as one
            cache.set(key, 1, timeout=2 * MINUTE)
            return 1
        except RedisError as error:
            log.warning("not counting requests: %s", type(error).__name__)
            return 0


class SignedIn(PerMinute):
    scope = "signed_in"

    def who(self, request: Request) -> str:
        return str(request.user.pk or "")


class SignedOut(PerMinute):
    scope = "signed_out"

    def who(self, request: Request) -> str:
        if request.user.is_authenticated:
            return ""
        return (self.get_ident(request) or "unknown")[:45]  # as long as an address can be
