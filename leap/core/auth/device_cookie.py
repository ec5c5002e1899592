"""A cookie that says in which browsers an account has signed in before.

It signs nobody in. It only keeps the tries made in this browser apart from those of everybody else
behind the same address (OWASP: slow down online guessing attacks with device cookies), so that
nobody can keep somebody else from signing in where they always do.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from leap.core.accounts.models import User

NAME = "__Host-device" if settings.SECURE else "device"
SALT = "leap.core.auth.device"
A_YEAR = 365 * 24 * 3600  # seconds
MOST = 12  # accounts of one browser: a computer that a clinic shares
_NEW = "_has_signed_in"


def device_of(request: HttpRequest, user: User | None) -> str:
    """What this browser is called, for `user`; nothing where they have not signed in in it."""
    return _read(request).get(str(user.ref), "") if user else ""


def remember(request: HttpRequest, user: User) -> None:
    """`user` has signed in here: the answer to this request says so to the browser."""
    setattr(request, _NEW, user)


def set_cookie(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give the browser its cookie, where somebody has just signed in."""
    user = getattr(request, _NEW, None)
    if user is None:
        return
    known, mine = _read(request), str(user.ref)
    name = known.pop(mine, "") or secrets.token_urlsafe(12)
    latest = dict([*known.items(), (mine, name)][-MOST:])
    response.set_cookie(
        NAME,
        signing.dumps(latest, salt=SALT, compress=True),
        max_age=A_YEAR,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        known = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT, max_age=A_YEAR)
    except signing.BadSignature:
        return {}
    return dict(known)
