"""Whether everything that the product needs answers, for machines and for the curious.

A worker is asked, not inferred: what it answers now is true now, even while it is busy.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import KombuError

from leap.celery import app
from outcomes.models import Night

PATIENCE = 1.0  # seconds that any part has to answer
KEPT = 3.0  # seconds an answer is given again: whoever asks often does not keep the worker busy
AWAY = (Error, redis.RedisError, KombuError, OSError)
_asking = threading.Lock()
_kept: tuple[float, dict[str, Any]] = (0.0, {})


@require_safe
@never_cache
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database, the broker and a worker answer, else 503; each part with its time."""
    request.user = AnonymousUser()  # so that nothing after us asks the database who this is
    parts = _parts()
    well = all(parts[name]["ok"] for name in ("database", "broker", "worker"))
    return JsonResponse(parts, status=200 if well else 503)


def _parts() -> dict[str, Any]:
    global _kept
    with _asking:
        until, parts = _kept
        if time.monotonic() > until:
            database, broker = _timed(_database), _timed(_broker)
            # Asking a worker through a broker that is away would only take time.
            worker = _timed(_worker) if broker["ok"] else {"ok": False}
            night = _last_night() if database["ok"] else {"ok": False}
            parts = {"database": database, "broker": broker, "worker": worker, "last_night": night}
            _kept = (time.monotonic() + KEPT, parts)
    return parts


def _timed(answers: Callable[[], bool]) -> dict[str, Any]:
    start = time.perf_counter()
    try:
        well = answers()
    except AWAY:
        return {"ok": False}
    return {"ok": well, "milliseconds": round((time.perf_counter() - start) * 1000, 1)}


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _broker() -> bool:
    with redis.Redis.from_url(
        settings.CELERY_BROKER_URL, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE
    ) as broker:
        return bool(broker.ping())


def _worker() -> bool:
    return bool(app.control.ping(timeout=PATIENCE, limit=1))


def _last_night() -> dict[str, Any]:
    """Whether figures have ever been published, and as they stood on which day. Not part of being
    well: an empty database has had no night yet."""
    published = Night.objects.filter(status=Night.Status.PUBLISHED)
    last = published.order_by("-finished_at").values("as_at", "finished_at").first()
    return {"ok": last is not None, **(last or {})}
