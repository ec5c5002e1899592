"""Django's backend for PostgreSQL, whose connections prepare what they send often."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base, operations

from leap.core.prepared_statements.cursor import PreparingConnection, PreparingCursor

SESSIONS_ARE_SHARED = (
    "Between LEAP and its database stands a proxy that gives one session to several clients in turn"
    " (PgBouncer's transaction or statement mode). Who reads, and what was prepared, are kept in"
    " the session: one practitioner would read what another may see. Set pool_mode = session, or"
    " let DATABASE_URL name the database itself."
)


class DatabaseOperations(operations.DatabaseOperations):
    """As Django's, but for what was last executed."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """The statement with its parameters, whether it was sent as text or executed by name."""
        return str(cursor.mogrify(sql, params).decode())


class DatabaseWrapper(base.DatabaseWrapper):
    """Prepares statements where OPTIONS says `prepare_statements`.

    The first connection of a process makes sure that its session is its own.
    """

    ops_class = DatabaseOperations
    has_own_sessions = False

    def get_connection_params(self) -> dict[str, Any]:
        """psycopg2's arguments."""
        parameters = super().get_connection_params()
        if parameters.pop("prepare_statements", False):
            parameters["connection_factory"] = PreparingConnection
            parameters["cursor_factory"] = PreparingCursor
            options = parameters.get("options", "")
            parameters["options"] = f"{options} -c plan_cache_mode=force_generic_plan".strip()
        return parameters

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection, refused in a sentence where another client could be given its session."""
        connection = super().get_new_connection(conn_params)
        if not DatabaseWrapper.has_own_sessions:
            other = super().get_new_connection(conn_params)
            try:
                if _is_session_shared(connection, other):
                    connection.close()
                    raise ImproperlyConfigured(SESSIONS_ARE_SHARED)
            finally:
                other.close()
            DatabaseWrapper.has_own_sessions = True
        return connection


def _is_session_shared(connection: Any, other: Any) -> bool:
    """Whether a session that nothing has to finish in goes to whoever asks next."""
    process = _process_of(connection)
    connection.rollback()
    other_process = _process_of(
        other
    )  # which stays in its transaction, and keeps what it was given
    if other_process == process:
        return True
    is_another = _process_of(connection) != process
    connection.rollback()
    return is_another


def _process_of(connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])
