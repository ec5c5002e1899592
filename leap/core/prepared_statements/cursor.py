"""Cursors that execute by name what their connection has sent before."""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, cast

import psycopg2.extensions
from psycopg2 import Error, errors
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from leap.core.prepared_statements.parameters import in_order, numbered, type_of

SENT_BEFORE = 2  # a statement is prepared when it is sent for the third time
MOST_PREPARED = 200  # a plan takes some tens of kilobytes, a large one half a megabyte
MOST_COUNTED = 1_000
MOST_PARAMETERS = 100
LONGEST = 20_000  # characters
REFUSED = -1  # PostgreSQL cannot prepare it: counted no further
_CAN_BE_PREPARED = re.compile(r"\s*\(?\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)
# Which index serves a pattern is for the pattern to decide: docs/decisions/0040.
_IS_PATTERN = re.compile(r"%| LIKE ")

Parameters = Sequence[Any] | Mapping[str, Any] | None
Key = tuple[str, tuple[str, ...]]  # the text, and the types of its parameters


class PreparingConnection(psycopg2.extensions.connection):  # type: ignore[misc]  # untyped
    """A connection that counts what it sends. What it has prepared ends with it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Both with what was sent longest ago first.
        self.counts: OrderedDict[Key, int] = OrderedDict()
        self.names: OrderedDict[Key, str] = OrderedDict()
        self.names_given = 0

    def is_due(self, key: Key) -> bool:
        """Count a statement that is not prepared. Whether it has been sent often enough to be."""
        count = self.counts.pop(key, 0)
        self.counts[key] = count if count == REFUSED else count + 1
        if len(self.counts) > MOST_COUNTED:
            self.counts.popitem(last=False)
        return count >= SENT_BEFORE

    def new_name(self) -> str:
        self.names_given += 1
        return f"leap_{self.names_given}"

    def forget(self) -> None:
        """Count anew: what was prepared was deallocated by somebody else, or no longer fits."""
        self.counts.clear()
        self.names.clear()


class PreparingCursor(psycopg2.extensions.cursor):  # type: ignore[misc]  # untyped
    """Executes by name what its connection has prepared; else sends the text, as psycopg2 does."""

    connection: PreparingConnection

    def execute(self, sql: Any, parameters: Parameters = None) -> None:
        """Run one statement; `cursor.query` is then what was sent, by name or as text."""
        values = None if self.name else _values(sql, parameters)  # a named one is PostgreSQL's own
        key = None if values is None else _key(sql, parameters, values)
        name = key and (self._name_of(key) or self._prepare(key))
        if not name or values is None:
            super().execute(sql, parameters)
            return
        arguments = f" ({', '.join(['%s'] * len(values))})" if values else ""
        try:
            super().execute(f"EXECUTE {name}{arguments}", values)
        except (errors.InvalidSqlStatementName, errors.FeatureNotSupported):
            # Deallocated behind our back, or a table has other columns now. Inside a transaction,
            # which has failed, whoever called has to begin again.
            self.connection.forget()
            if not self.connection.autocommit:
                raise
            super().execute(sql, parameters)

    def _name_of(self, key: Key) -> str | None:
        names = self.connection.names
        if key in names:
            names.move_to_end(key)
        return names.get(key)

    def _prepare(self, key: Key) -> str | None:
        """The name of the statement, prepared now; None while it is sent as text."""
        connection = self.connection
        if connection.info.transaction_status == TRANSACTION_STATUS_INERROR:
            return None  # let the statement itself be told so
        if not connection.is_due(key):
            return None
        text, types = key
        name = connection.new_name()
        declared = f" ({', '.join(types)})" if types else ""
        try:
            self._execute_apart(f"PREPARE {name}{declared} AS {text}")
        except Error:
            connection.counts[key] = REFUSED
            return None
        connection.counts.pop(key)
        connection.names[key] = name
        if len(connection.names) > MOST_PREPARED:
            _, oldest = connection.names.popitem(last=False)
            super().execute(f"DEALLOCATE {oldest}")
        return name

    def _execute_apart(self, text: str) -> None:
        """Run it so that its failure is no failure of the transaction it stands in."""
        if self.connection.autocommit:
            super().execute(text)
            return
        super().execute("SAVEPOINT leap_prepare")
        try:
            super().execute(text)
        except Error:
            super().execute("ROLLBACK TO SAVEPOINT leap_prepare")
            raise
        finally:
            super().execute("RELEASE SAVEPOINT leap_prepare")


def _values(sql: Any, parameters: Parameters) -> list[Any] | None:
    """A value for each placeholder, if it is a statement that could be prepared."""
    if not isinstance(sql, str) or len(sql) > LONGEST or not _CAN_BE_PREPARED.match(sql):
        return None
    if parameters is None:
        return [] if ";" not in sql else None
    text, names = numbered(sql)
    values = in_order(names, parameters)
    if ";" in text or _IS_PATTERN.search(text) or len(values) > MOST_PARAMETERS:
        return None
    return values if len(values) == len(names) else None


def _key(sql: str, parameters: Parameters, values: list[Any]) -> Key | None:
    """What makes two statements the same; None where a value is of a type that we do not know."""
    types = tuple(map(type_of, values))
    if None in types:
        return None
    return (sql if parameters is None else numbered(sql)[0], cast(tuple[str, ...], types))
