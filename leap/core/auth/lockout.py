"""Slows down guessing. Counted in the database, before the password is looked at.

Every try is written down first and taken back when it was right: tries that come all at once are
counted as surely as those that come one after another. Whether the account exists plays no part.

A browser in which somebody has signed in before carries a device cookie (OWASP's term), and its
tries at that account are counted apart: whatever others do, from wherever, it signs in. For any
other browser an account takes so many tries from one address, and so many from everywhere. An
address by itself never stops anybody, since a hospital is one address: many wrong tries from it at
whatever accounts only make it fewer for each account.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from leap.core.accounts.emails import canonical
from leap.core.auth.models import LoginAttempt

TRIES = 10  # for one account from one known browser, or from one address
TRIES_FROM_ANYWHERE = 100  # for one account: guessing from many addresses
MANY_FROM_ONE_ADDRESS = 200  # at any account: from here on
FEWER_TRIES = 5  # for each account from that address
PAUSE = timedelta(minutes=15)

# Links for a new password, within an hour.
AN_HOUR = timedelta(hours=1)
LINKS_TO_ONE = 3  # for one account, or one address that has none
TO_STRANGERS_FROM_ONE_ADDRESS = 10
TO_STRANGERS = 60


def start_attempt(who: str, address: str, device: str = "") -> LoginAttempt | None:
    """Write down a try at `who` from `address`; None when there have been too many.

    `device` names a browser in which this account has signed in before, if it is one.
    """
    who = canonical(who)
    if device and (guess := _write_unless(_too_many_by_device, "known", who, "device", device)):
        return guess
    return _write_unless(_too_many, "who", who, "from", address)


def _write_unless(
    too_many: Callable[[LoginAttempt], bool], kind: str, who: str, place: str, whence: str
) -> LoginAttempt | None:
    guess = LoginAttempt.objects.create(
        who=_hash(kind, who), whence=_hash(place, whence), at=timezone.now()
    )
    if too_many(guess):
        guess.delete()  # not looked at, not counted: the wait is 15 minutes, not for ever
        return None
    return guess


def mark_success(guess: LoginAttempt) -> None:
    """The try was right: the account's count starts again, for this place."""
    LoginAttempt.objects.filter(who=guess.who, whence=guess.whence).delete()


def forget_old() -> int:
    """Throw away what counts no more; how many."""
    return LoginAttempt.objects.filter(at__lte=timezone.now() - max(PAUSE, AN_HOUR)).delete()[0]


def _too_many_by_device(guess: LoginAttempt) -> bool:
    lately = LoginAttempt.objects.filter(at__gt=guess.at - PAUSE)
    return lately.filter(who=guess.who, whence=guess.whence).count() > TRIES


def _too_many(guess: LoginAttempt) -> bool:
    lately = LoginAttempt.objects.filter(at__gt=guess.at - PAUSE)
    counts = lately.filter(Q(who=guess.who) | Q(whence=guess.whence)).aggregate(
        both=Count("pk", filter=Q(who=guess.who, whence=guess.whence)),
        at_account=Count("pk", filter=Q(who=guess.who)),
        from_address=Count("pk", filter=Q(whence=guess.whence)),
    )
    fewer = counts["from_address"] > MANY_FROM_ONE_ADDRESS
    return bool(
        counts["both"] > (FEWER_TRIES if fewer else TRIES)
        or counts["at_account"] > TRIES_FROM_ANYWHERE
    )


def may_write_to(email: str, address: str, *, is_account: bool) -> bool:
    """Count that a link was asked for, for `email` from `address`; whether one is to be sent.

    Who has an account is written to three times in an hour, whatever else was asked from the same
    address. Strangers are bounded together, so that nobody can have us write to the whole world.
    The same is counted, and the same statements are made, for both. Call it under a lock.
    """
    now = timezone.now()
    to, place, everywhere = (
        _hash("link to", canonical(email)),
        _hash(f"link from {is_account}", address),
        _hash(f"links {is_account}", ""),
    )
    LoginAttempt.objects.bulk_create(
        [
            LoginAttempt(who=to, whence=place, at=now),
            LoginAttempt(who=everywhere, whence=everywhere, at=now),
        ]
    )
    lately = LoginAttempt.objects.filter(at__gt=now - AN_HOUR)
    counts = lately.filter(Q(who=to) | Q(whence=place) | Q(who=everywhere)).aggregate(
        to=Count("pk", filter=Q(who=to)),
        from_address=Count("pk", filter=Q(whence=place)),
        in_all=Count("pk", filter=Q(who=everywhere)),
    )
    if counts["to"] > LINKS_TO_ONE:
        return False
    if is_account:
        return True
    few = counts["from_address"] <= TO_STRANGERS_FROM_ONE_ADDRESS
    return bool(few and counts["in_all"] <= TO_STRANGERS)


def _hash(kind: str, text: str) -> str:
    return salted_hmac(f"leap.guessing.{kind}", text, algorithm="sha256").hexdigest()
