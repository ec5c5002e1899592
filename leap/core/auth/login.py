"""Between a request and a session: letting somebody in, half-way in, and how long they have."""

from time import time

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest

from leap.core.accounts.models import User
from leap.core.auth import device_cookie, devices
from leap.core.auth.actions import note_sign_in, try_code
from leap.core.auth.models import SecondFactor
from leap.core.auth.sessions import ref_of
from leap.core.http import address_of
from leap.core.rls.session import identified, identify

HALF_IN = "half_in"
WITH_CODE = "with_code"
PATIENCE = 10 * 60  # seconds between the password and the code
BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_in(request: HttpRequest, user: User, *, how: str, with_code: bool = False) -> None:
    """Sign `user` in, in this browser, under a new session key."""
    request.session.pop(HALF_IN, None)
    identify(user)
    login(request, user, backend=BACKEND)
    now = int(time())
    request.session.update(
        {
            "since": now,
            "here_at": now,
            "device": devices.in_words(request.headers.get("User-Agent", "")),
            WITH_CODE: with_code,
        }
    )
    device_cookie.remember(request, user)
    note_sign_in(user=user, how=how)


def sign_in_or_ask_for_code(request: HttpRequest, user: User, *, how: str, sure: bool) -> bool:
    """Sign in whoever has no second factor; of the others ask the code. Whether they are in.

    `sure`: the provider has asked for a second factor already.
    """
    with identified(user):
        has_second_factor = SecondFactor.objects.filter(user=user).exists()
    if sure or not has_second_factor:
        sign_in(request, user, how=how, with_code=sure)
        return True
    logout(request)  # whoever was in: it is somebody else's turn, under a new key
    request.session[HALF_IN] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "until": int(time()) + PATIENCE,
        "how": how,
    }
    return False


def awaiting_second_factor(request: HttpRequest) -> User | None:
    """Who has given a right password here and owes the code, or the signed-in who must show one."""
    if request.user.is_authenticated:
        return request.user
    half_in = request.session.get(HALF_IN)
    if not half_in or half_in["until"] < time():
        return None
    user = User.objects.filter(pk=half_in["user"], is_active=True).first()
    same = user is not None and user.get_session_auth_hash() == half_in["hash"]
    return user if same else None


def finish_with_code(request: HttpRequest, user: User, code: str) -> bool:
    """The second step: sign in whoever is half in, if the code is right."""
    device = device_cookie.device_of(request, user)
    if not try_code(user=user, code=code, address=address_of(request), device=device):
        return False
    how = request.session.get(HALF_IN, {}).get("how", "password")
    sign_in(request, user, how=f"{how} and code", with_code=True)
    return True


def seconds_left(request: HttpRequest) -> int:
    """How long this session lasts if nothing more happens in it."""
    here_at = int(request.session.get("here_at", time()))
    return max(0, here_at + settings.SESSION_COOKIE_AGE - int(time()))


def this_session(request: HttpRequest) -> str:
    """What the session of this browser is called."""
    return ref_of(str(request.session.session_key))
