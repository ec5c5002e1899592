"""What a device has from LEAP: whose it is, since when and until when, and whether that holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.audit.models import Event

SALT = "leap.casework.offline"
EVENING, LATE = 20, 18  # o'clock: until when visits are kept, and after which until midnight
# What ends a session from elsewhere: a lost telephone, a leaver, a password somebody else may know.
ENDED = (
    "session.ended",
    "sessions.ended",
    "access.ended",
    "password.changed",
    "second_factor.reset",
)


@dataclass(frozen=True)
class DeviceLease:
    """One practitioner's visits on one device. `token` is what the device shows for them; it opens
    nothing, and nobody else can make one."""

    who: UUID
    at: datetime
    token: str


def begin(user: User) -> DeviceLease:
    """`user` takes visits along from now on."""
    at = timezone.now()
    payload = {"who": str(user.ref), "at": at.isoformat()}
    return DeviceLease(user.ref, at, signing.dumps(payload, salt=SALT))


def read(token: str) -> DeviceLease | None:
    """What a device shows; None for what we have never given out."""
    try:
        payload = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return DeviceLease(UUID(payload["who"]), datetime.fromisoformat(payload["at"]), token)


def lease_end(signed_in_at: datetime) -> datetime:
    """When the visits are erased: this evening, and never later than the session would last."""
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    evening = now.replace(hour=EVENING, minute=0, second=0, microsecond=0)
    longest = signed_in_at + timedelta(seconds=settings.SESSION_LONGEST)
    return min(evening if now.hour < LATE else midnight, longest)


def is_lease_valid(taking: DeviceLease) -> bool:
    """Whether the visits may stay on the device. Somebody who is merely idle keeps them; nobody
    does who was signed out from elsewhere, has left, or has a new password."""
    if not User.objects.filter(ref=taking.who, is_active=True).exists():
        return False
    ended = Event.objects.filter(kind__in=ENDED, subject_ref=str(taking.who), at__gt=taking.at)
    return not ended.exists()
