"""Sessions in the database, each with its owner. Named by SESSION_ENGINE."""

from datetime import UTC, datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from leap.core.auth.models import UserSession


class SessionStore(DatabaseSessions):
    """Django's own, with a row that says whose session it is, on what, since when."""

    @classmethod
    def get_model_class(cls) -> type[UserSession]:
        return UserSession

    def _get_session_from_db(self) -> UserSession | None:
        """Opened by its key, which the connection holds from then on."""
        if not self.session_key:
            return None
        opened = UserSession._default_manager.raw(
            "SELECT * FROM leap_open_session(%s, %s)", [self.session_key, timezone.now()]
        )
        for row in opened:
            return row
        self._session_key = None
        return None

    def save(self, must_create: bool = False) -> None:  # Django's own
        if self.session_key is None:
            return self.create()
        _hold(self.session_key)
        return super().save(must_create=must_create)

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            _hold(key)
            super().delete(key)

    def create_model_instance(self, data: dict[str, Any]) -> UserSession:
        row = cast("UserSession", super().create_model_instance(data))
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.device = str(data.get("device", ""))[:100]
        row.since_at = _moment(data.get("since"))
        row.seen_at = _moment(data.get("here_at"))
        row.ref = ref_of(str(row.session_key))
        return row


def _hold(session_key: str) -> None:
    """Whoever knows the key of a session may write its row, and nobody else's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('leap.session', %s, false)", [session_key])


def ref_of(session_key: str) -> str:
    """What a session is called in addresses. Nobody can go back from it to the key."""
    return salted_hmac("leap.core.auth.sessions", session_key, algorithm="sha256").hexdigest()[:32]


def _moment(seconds: float | None) -> datetime:
    return datetime.fromtimestamp(seconds, UTC) if seconds else timezone.now()
