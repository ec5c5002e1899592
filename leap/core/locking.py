"""Locks for what is counted, or looked for, before it is written.

A count, or a look that finds nothing, is out of date as soon as somebody else commits: ten at once
all count four, and all write a fifth. Take the lock first, in the same transaction, and count
afterwards: the statement that follows sees everything that those before it have committed.

An update whose condition stands in the updated table alone needs no lock: PostgreSQL looks at the
condition again after waiting. It does not do so for a condition that stands in another table, or
that Django writes as `id IN (SELECT …)` because of a join.
"""

from django.db import connection


def lock_until_commit(what: str, whose: object = "") -> None:
    """Wait for every other transaction that holds this lock, and hold it until this one ends."""
    if not connection.in_atomic_block:
        raise RuntimeError("a lock outside a transaction is let go at once")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{what}:{whose}"])
