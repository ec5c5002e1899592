"""Sessions in the database, each with its owner. Named by SESSION_ENGINE."""

from datetime import UTC, datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone
from django.utils.crypto import salted_hmac

from leap.signing_in.models import Session


class SessionStore(DatabaseSessions):
    """Django's own, with a row that says whose session it is, on what, since when."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast("Session", super().create_model_instance(data))
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.device = str(data.get("device", ""))[:100]
        row.since_at = _moment(data.get("since"))
        row.seen_at = _moment(data.get("here_at"))
        row.ref = ref_of(str(row.session_key))
        return row


def ref_of(session_key: str) -> str:
    """What a session is called in addresses. Nobody can go back from it to the key."""
    return salted_hmac("leap.signing_in.sessions", session_key, algorithm="sha256").hexdigest()[:32]


def _moment(seconds: float | None) -> datetime:
    return datetime.fromtimestamp(seconds, UTC) if seconds else timezone.now()
