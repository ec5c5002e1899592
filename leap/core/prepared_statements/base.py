"""Django's backend for PostgreSQL, whose connections prepare what they send often."""

from threading import Lock
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base, operations
from psycopg2 import OperationalError

from leap.core.prepared_statements.cursor import PreparingConnection, PreparingCursor

_CHECKING = Lock()
_WITH_OWN_SESSIONS: set[tuple[str, ...]] = set()  # databases whose connections were looked at

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

    def get_connection_params(self) -> dict[str, Any]:
        """psycopg2's arguments."""
        parameters = super().get_connection_params()
        if parameters.pop("prepare_statements", False):
            parameters["connection_factory"] = PreparingConnection
            parameters["cursor_factory"] = PreparingCursor
            # Whether a plan for any value is good enough is for the cursor to decide.
            options = parameters.get("options", "")
            parameters["options"] = f"{options} -c plan_cache_mode=force_generic_plan".strip()
        return parameters

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection, refused in a sentence where another client could be given its session."""
        connection = super().get_new_connection(conn_params)
        database = tuple(str(conn_params.get(part)) for part in ("host", "port", "dbname"))
        with _CHECKING:
            if database in _WITH_OWN_SESSIONS:
                return connection
            try:
                other = super().get_new_connection(conn_params)
            except OperationalError:
                return connection  # there is room for one: looked at again with the next
            try:
                is_shared = _is_session_shared(connection, other)
            except BaseException:
                connection.close()
                raise
            finally:
                other.close()
            if is_shared:
                connection.close()
                raise ImproperlyConfigured(SESSIONS_ARE_SHARED)
            _WITH_OWN_SESSIONS.add(database)
        return connection


def _is_session_shared(connection: Any, other: Any) -> bool:
    """Whether a session that nothing has to finish in goes to whoever asks next."""
    processes = set()
    for _ in range(3):  # a proxy may deal sessions in turn
        processes.add(_process_of(connection))
        connection.rollback()
    processes_of_other = {_process_of(other)}  # in a transaction that keeps what it was given
    if len(processes) > 1 or processes == processes_of_other:
        return True
    is_another = {_process_of(connection)} != processes
    connection.rollback()
    return is_another


def _process_of(connection: Any) -> int:
    with connection.cursor(cursor_factory=base.Cursor) as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])
