"""Django's backend for PostgreSQL, whose connections prepare what they send often."""

from typing import Any

from django.db.backends.postgresql import base, operations

from leap.core.prepared_statements.cursor import PreparingConnection, PreparingCursor


class DatabaseOperations(operations.DatabaseOperations):
    """As Django's, but for what was last executed."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """The statement with its parameters, whether it was sent as text or executed by name."""
        return str(cursor.mogrify(sql, params).decode())


class DatabaseWrapper(base.DatabaseWrapper):
    """Prepares statements unless OPTIONS says `prepare_statements: False`."""

    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        """psycopg2's arguments."""
        parameters = super().get_connection_params()
        if parameters.pop("prepare_statements", True):
            parameters["connection_factory"] = PreparingConnection
            parameters["cursor_factory"] = PreparingCursor
            options = parameters.get("options", "")
            parameters["options"] = f"{options} -c plan_cache_mode=force_generic_plan".strip()
        return parameters
