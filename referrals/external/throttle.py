"""How much one address, of somebody who is not signed in, may send us in an hour."""

import logging
import time

from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from leap.core.http import address_of

AN_HOUR = 3600  # seconds
log = logging.getLogger("leap.web.rate_limits")


def too_many(request: HttpRequest, what: str, at_most: int) -> bool:
    """Whether this address has sent its share this hour. A cache that is away holds nobody up."""
    key = f"{what}:{address_of(request)}:{int(time.time() // AN_HOUR)}"
    try:
        cache.add(key, 0, 2 * AN_HOUR)
        return int(cache.incr(key)) > at_most
    except (RedisError, ValueError) as error:
        log.warning("not counting what is sent in: %s", type(error).__name__)
        return False
