"""Slows down guessing: ten wrong passwords for one e-mail from one address, then a pause."""

import hashlib
import logging

from django.core.cache import cache
from redis.exceptions import RedisError

TRIES = 10
PAUSE = 15 * 60  # seconds
logger = logging.getLogger(__name__)


def too_many(email: str, address: str) -> bool:
    """Whether this e-mail was tried too often from this address. No, when the cache is down."""
    try:
        return int(cache.get(_key(email, address), 0)) >= TRIES
    except RedisError:
        logger.warning(
            "The cache does not answer; sign-in goes on without counting wrong passwords."
        )
        return False


def count_wrong(email: str, address: str) -> None:
    key = _key(email, address)
    try:
        cache.add(key, 0, PAUSE)
        cache.incr(key)
    except (RedisError, ValueError):  # ValueError: the count ran out in between
        return


def forget(email: str, address: str) -> None:
    """After a right password the count starts again."""
    try:
        cache.delete(_key(email, address))
    except RedisError:
        return


def _key(email: str, address: str) -> str:
    told = f"{email.strip().lower()}|{address}"
    return f"guessing:{hashlib.sha256(told.encode()).hexdigest()}"  # nobody's e-mail in the cache
