"""Slows down guessing. Counted in the database, before the password is looked at.

Every try is written down first and taken back when it was right: tries that come all at once are
counted as surely as those that come one after another. Whether the account exists plays no part.
"""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from leap.accounts.emails import canonical
from leap.signing_in.models import Guess

TRIES = 10  # for one account from one place
TRIES_FROM_ANYWHERE = 100  # for one account: guessing from many places
TRIES_FROM_ONE_PLACE = 200  # at any account; a hospital may be one place
PAUSE = timedelta(minutes=15)


def begin(who: str, address: str) -> Guess | None:
    """Write down a try at `who` from `address`; None when there have been too many."""
    now = timezone.now()
    guess = Guess.objects.create(
        who=_hash("who", canonical(who)), whence=_hash("from", address), at=now
    )
    if _too_many(guess):
        guess.delete()  # not looked at, not counted: the wait is 15 minutes, not for ever
        return None
    return guess


def right(guess: Guess) -> None:
    """The try was right: the account's count starts again, for this place."""
    Guess.objects.filter(who=guess.who, whence=guess.whence).delete()


def forget_old() -> int:
    """Throw away what counts no more; how many."""
    return Guess.objects.filter(at__lte=timezone.now() - PAUSE).delete()[0]


def _too_many(guess: Guess) -> bool:
    lately = Guess.objects.filter(at__gt=guess.at - PAUSE)
    counts = lately.filter(Q(who=guess.who) | Q(whence=guess.whence)).aggregate(
        both=Count("pk", filter=Q(who=guess.who, whence=guess.whence)),
        at_account=Count("pk", filter=Q(who=guess.who)),
        from_place=Count("pk", filter=Q(whence=guess.whence)),
    )
    return bool(
        counts["both"] > TRIES
        or counts["at_account"] > TRIES_FROM_ANYWHERE
        or counts["from_place"] > TRIES_FROM_ONE_PLACE
    )


def _hash(kind: str, told: str) -> str:
    return salted_hmac(f"leap.guessing.{kind}", told, algorithm="sha256").hexdigest()
