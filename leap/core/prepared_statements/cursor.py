"""Cursors that execute by name what their connection has sent before."""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, cast

import psycopg2.extensions
from psycopg2 import DataError, Error, NotSupportedError, ProgrammingError
from psycopg2.errors import (
    CannotCoerce,
    DatatypeMismatch,
    FeatureNotSupported,
    InvalidSqlStatementName,
    UndefinedFunction,
)
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from leap.core.prepared_statements.parameters import in_order, numbered, type_of

SENT_BEFORE = 2  # a statement is prepared when it is sent for the third time
MOST_PREPARED = 200  # a plan takes some tens of kilobytes, a large one half a megabyte
MOST_COUNTED = 1_000
MOST_PARAMETERS = 100
LONGEST = 20_000  # characters
REFUSED = -1  # PostgreSQL cannot prepare it: counted no further
REFUSALS = (ProgrammingError, NotSupportedError, DataError)
# Deallocated behind our back; or a table has changed so that the plan no longer fits.
STALE = (
    InvalidSqlStatementName,
    FeatureNotSupported,
    UndefinedFunction,
    DatatypeMismatch,
    CannotCoerce,
)
_CAN_BE_PREPARED = re.compile(r"\s*\(?\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)
# Which index serves a pattern is for the pattern to decide: docs/decisions/0040. A number to order
# by is a column's, but not as a parameter.
_STAYS_TEXT = re.compile(r"%| LIKE |(?:ORDER|GROUP) BY \$")
_QUOTED = re.compile(r"'[^']*'")  # from the left, so that what stands between two is not one
# What planning one relation is worth behind row-level security, in PostgreSQL's units of cost;
# measured: docs/decisions/0040. It counts 2.5 itself, so it would plan anew for next to nothing.
PLANNING_COST = 200

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
        self.dropped: list[str] = []  # statements that deallocate what is no longer used

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

    def drop(self, key: Key) -> None:
        """Do without this one from here on; it is deallocated with the next PREPARE."""
        if name := self.names.pop(key, None):
            self.dropped.append(f"DEALLOCATE {name}")

    def drop_all(self) -> None:
        """Do without all of them: somebody else has deallocated them."""
        self.counts.clear()
        self.names.clear()
        self.dropped = ["DEALLOCATE ALL"]


class PreparingCursor(psycopg2.extensions.cursor):  # type: ignore[misc]  # untyped
    """Executes by name what its connection has prepared; else sends the text, as psycopg2 does."""

    connection: PreparingConnection

    def execute(self, sql: Any, parameters: Parameters = None) -> None:
        """Run one statement; `cursor.query` is then what was sent, by name or as text."""
        # A cursor with a name is PostgreSQL's own: it is declared, not executed.
        found = None if self.name else _preparable(sql, parameters)
        name = found and (self._name_of(found[0]) or self._prepare(found, sql, parameters))
        if not found or not name:
            super().execute(sql, parameters)
            return
        key, values = found
        try:
            super().execute(_by_name(name, values), values)
        except STALE as error:
            # Inside a transaction, which has failed, whoever called has to begin again.
            if isinstance(error, InvalidSqlStatementName):
                self.connection.drop_all()
            else:
                self.connection.drop(key)
            if not self.connection.autocommit:
                raise
            super().execute(sql, parameters)

    def _name_of(self, key: Key) -> str | None:
        names = self.connection.names
        if key in names:
            names.move_to_end(key)
        return names.get(key)

    def _prepare(
        self, found: tuple[Key, list[Any]], sql: str, parameters: Parameters
    ) -> str | None:
        """The name of the statement, prepared now; None while it is sent as text."""
        key, values = found
        connection = self.connection
        has_failed = connection.info.transaction_status == TRANSACTION_STATUS_INERROR
        if has_failed or not connection.is_due(key):
            return None  # of a failed transaction, let the statement itself be told
        text, types = key
        name = connection.new_name()
        declared = f" ({', '.join(types)})" if types else ""
        try:
            while connection.dropped:
                self._execute_apart(connection.dropped.pop())
            self._execute_apart(f"PREPARE {name}{declared} AS {text}")
        except InvalidSqlStatementName:  # somebody else has deallocated it, and so all of them
            connection.drop_all()
            return None
        except REFUSALS:
            connection.counts[key] = REFUSED
            return None
        if not self._serves_any_value(_by_name(name, values), values, sql, parameters):
            connection.counts[key] = REFUSED
            connection.dropped.append(f"DEALLOCATE {name}")
            return None
        connection.counts.pop(key, None)
        connection.names[key] = name
        if len(connection.names) > MOST_PREPARED:
            connection.drop(next(iter(connection.names)))
        return name

    def _serves_any_value(
        self, by_name: str, values: list[Any], sql: str, parameters: Parameters
    ) -> bool:
        """Whether one plan for all values costs no more, by PostgreSQL's estimates, than planning
        anew for each: where a partial index serves these, a plan for any would read everything."""
        try:
            of_these, of_any = self._explain(sql, parameters), self._explain(by_name, values)
        except REFUSALS:  # these values are wrong: the statement itself is told so
            return False
        relations = repr(of_any).count("'Relation Name'")
        dearer = of_any["Total Cost"] - of_these["Total Cost"]
        return bool(dearer <= PLANNING_COST * relations)

    def _explain(self, sql: str, parameters: Parameters) -> dict[str, Any]:
        """The plan that PostgreSQL would follow."""
        ((plans,),) = self._execute_apart(f"EXPLAIN (FORMAT JSON) {sql}", parameters)
        return cast(dict[str, Any], plans[0]["Plan"])

    def _execute_apart(self, text: str, parameters: Parameters = None) -> list[tuple[Any, ...]]:
        """Run it so that its failure is no failure of the transaction it stands in; its rows."""
        if self.connection.autocommit:
            super().execute(text, parameters)
            return self.fetchall() if self.description else []
        # One by one: of several in one text none is run where one has a fault in its grammar.
        super().execute("SAVEPOINT leap_prepare")
        try:
            super().execute(text, parameters)
            rows = self.fetchall() if self.description else []
        except Error:
            if not self.connection.closed:
                super().execute("ROLLBACK TO SAVEPOINT leap_prepare")
                super().execute("RELEASE SAVEPOINT leap_prepare")
            raise
        super().execute("RELEASE SAVEPOINT leap_prepare")
        return rows


def _by_name(name: str, values: list[Any]) -> str:
    return f"EXECUTE {name} ({', '.join(['%s'] * len(values))})" if values else f"EXECUTE {name}"


def _preparable(sql: Any, parameters: Parameters) -> tuple[Key, list[Any]] | None:
    """What makes it the same as another, and a value for each placeholder, if it is a statement
    that could be prepared."""
    if not isinstance(sql, str) or len(sql) > LONGEST or not _CAN_BE_PREPARED.match(sql):
        return None
    text, names = (sql, ()) if parameters is None else numbered(sql)
    values = [] if parameters is None else in_order(names, parameters)
    if len(values) != len(names) or len(names) > MOST_PARAMETERS:
        return None
    if ";" in text or _STAYS_TEXT.search(text):
        return None
    if any("$" in quoted for quoted in _QUOTED.findall(text)):  # nothing is a parameter there
        return None
    types = [type_of(value) for value in values]
    known = tuple(kind for kind in types if kind is not None)
    return ((text, known), values) if len(known) == len(types) else None
