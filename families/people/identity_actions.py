"""Asking whether people are known to any service: noted with its size, and limited.

Registering has to ask, and its answer says something of families that are hidden from whoever asks.
So it is counted as opening records in an emergency is, wherever it is asked: on the page, while
typing, through the API.
"""

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from families.inputs import NewPerson
from families.name_normalisation import search_text
from families.people.rules import (
    IDENTITIES_ASKED,
    MOST_IDENTITIES,
    TOO_MANY_IDENTITIES,
    WITHIN,
    identities_asked,
)
from leap.core.accounts.models import User
from leap.core.accounts.recipients import managers_of, programme_admins
from leap.core.audit.log import record
from leap.core.audit.models import Event
from leap.core.exceptions import TooMany
from leap.core.locking import lock_until_commit
from leap.core.notifications.actions import tell
from leap.core.notifications.types import NotificationType

ASKED, KNOWN, HELD_UP = IDENTITIES_ASKED, "identities.known", "identities.held_up"


def ask_for_identities(*, people: list[NewPerson], by: User) -> None:
    """Note that `by` asks whether these are known, before they are told. Raises TooMany when that
    is more than registering takes.

    A transaction of its own, so that it stays noted whatever becomes of what follows. Who was asked
    for is not kept; what was asked for within the hour is not counted again.
    """
    # What can be answered about these: by each number, and by each name with a day of birth.
    identities = set()
    for person in people:
        if person.nhs_number:
            identities.add(person.nhs_number)
        if person.birth_date and person.given_name and person.family_name:
            identities.add(
                f"{person.birth_date} {search_text(person.given_name, person.family_name)}"
            )
    new_identities = _not_lately(identities, by)
    if not new_identities:
        return
    with transaction.atomic():
        lock_until_commit(f"{ASKED}:{by.pk}")
        if is_too_often := identities_asked(by) + len(new_identities) > MOST_IDENTITIES:
            _hold_up(by)
        else:
            record(ASKED, by=by, identities=len(new_identities))
    if is_too_often:
        raise TooMany(TOO_MANY_IDENTITIES)
    try:
        cache.set_many(dict.fromkeys(new_identities, 1), timeout=int(WITHIN.total_seconds()))
    except RedisError:
        return


def note_known_identities(*, alike: int, elsewhere: bool, by: User) -> None:
    """Note how many they were shown, and whether they were told that there are others; not whom."""
    record(KNOWN, by=by, alike=alike, elsewhere=elsewhere)


def _not_lately(questions: set[str], by: User) -> dict[str, str]:
    """Those that were not asked within the hour, by the key that they are remembered under. Where
    the cache is away, all of them."""
    hashes = {
        question: salted_hmac("identity", question, algorithm="sha256").hexdigest()
        for question in questions
    }
    keys = {f"identity:{by.pk}:{hashed}": question for question, hashed in hashes.items()}
    try:
        lately = cache.get_many(keys) if keys else {}
    except RedisError:
        lately = {}
    return {key: question for key, question in keys.items() if key not in lately}


def _hold_up(by: User) -> None:
    """Note it, and tell their managers; where there are none, the admins. Once in an hour."""
    since = timezone.now() - WITHIN
    if Event.objects.filter(by_ref=str(by.ref), kind=HELD_UP, at__gt=since).exists():
        return
    record(HELD_UP, by=by)
    recipients = [
        manager for manager in managers_of(by.team_ids) if manager != by
    ] or programme_admins()
    message = (
        "Somebody you answer for has asked whether very many people are known, within an hour."
    )
    tell(recipients, NotificationType.REVIEW, message, "")
