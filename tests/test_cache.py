"""The cache and the broker share a Redis."""

import redis
from django.conf import settings
from django.core.cache import cache


def test_emptying_the_cache_leaves_what_waits_for_a_worker():
    broker = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    queue = f"{settings.OURS}waiting-task"
    broker.rpush(queue, "a task")
    cache.set_many({f"key-{number}": number for number in range(3)})

    cache.clear()

    assert broker.llen(queue) == 1
    assert cache.get_many([f"key-{number}" for number in range(3)]) == {}
    broker.delete(queue)
