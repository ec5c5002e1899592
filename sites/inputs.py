"""What is asked of a session, read and whole."""

from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from leap.core.accounts.models import Team
from leap.core.reference_data.models import Service
from sites.models import Room


@dataclass(frozen=True)
class SessionDetails:
    """What a session is: `during` as a half-open range of moments, `capacity` in places."""

    service: Service
    during: DateTimeTZRange
    capacity: int
    room: Room | None = None
    team: Team | None = None
