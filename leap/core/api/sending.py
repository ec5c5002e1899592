"""Every POST is safe to send twice: the same Idempotency-Key is given the same answer again."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpResponse
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from leap.core.accounts.models import User
from leap.core.outbox.idempotency import run_idempotent

HEADER = "Idempotency-Key"
A_KEY = re.compile(r"[!-~]{8,100}")
KEY_WANTED = (
    "Every POST needs an Idempotency-Key header of 8 to 100 characters without spaces: make a new "
    "one for each thing you send, and send the same one again when you are not sure it arrived."
)


@dataclass(frozen=True)
class Made:
    """What a POST made or changed: how it is shown, and where it is found again."""

    shown: Any
    status: int = 201
    address: str = ""


def send_once(request: Request, work: Callable[[], Made]) -> HttpResponse:
    """Do `work` unless this key has done it before; either way its answer, to the byte.

    The same key with anything else in it is a Conflict. Work that fails frees its key.
    """
    key = request.headers.get(HEADER, "")
    if not A_KEY.fullmatch(key):
        raise ValidationError({HEADER: KEY_WANTED})
    where = f"{request.method} {request.path}\n".encode()
    fingerprint = hashlib.sha256(where + request._request.body).hexdigest()
    answer = run_idempotent(
        user=cast(User, request.user),
        key=key,
        route=f"api:{fingerprint}",
        work=lambda: _kept(work()),
    )
    response = HttpResponse(
        cast(str, answer["body"]),
        status=cast(int, answer["status"]),
        content_type="application/json",
    )
    if answer["address"]:
        response["Location"] = cast(str, answer["address"])
    return response


def _kept(made: Made) -> dict[str, object]:
    body = JSONRenderer().render(made.shown).decode()
    return {"status": made.status, "body": body, "address": made.address}
