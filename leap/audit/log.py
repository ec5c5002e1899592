"""Writing to the log, and proving that nobody has changed it."""

from collections.abc import Iterable
from typing import Protocol

from django.db import connection
from django.utils import timezone

from leap.accounts.models import User
from leap.audit.models import Event


class Referenced(Protocol):
    @property
    def ref(self) -> object: ...


def record(
    kind: str,
    *,
    by: User | None,
    family_ref: str = "",
    subject: Referenced | None = None,
    team_code: str = "",
    **details: object,
) -> None:
    """Add one event, in the caller's transaction. `details` must be JSON and hold no free text.

    Events of a family form that family's chain; others form one chain for each practitioner, so
    that nobody waits for anybody else's.
    """
    event(
        kind, by=by, family_ref=family_ref, subject=subject, team_code=team_code, **details
    ).save()


def record_all(events: Iterable[Event]) -> None:
    """Add many at once, each made by `event`; in the order of their chains, so that two who add to
    the same ones wait for each other and never crosswise."""
    Event.objects.bulk_create(sorted(events, key=lambda each: each.chain))


def event(
    kind: str,
    *,
    by: User | None,
    family_ref: str = "",
    subject: Referenced | None = None,
    team_code: str = "",
    **details: object,
) -> Event:
    """An event not yet added, for `record_all`; what it takes is as in `record`."""
    return Event(
        at=timezone.now(),
        kind=kind,
        by_ref=str(by.ref) if by else "",
        by_name=by.name if by else "the system",
        team_code=team_code,
        family_ref=family_ref,
        subject_type=type(subject).__name__.lower() if subject else "",
        subject_ref=str(subject.ref) if subject else "",
        details=details,
        chain=family_ref or (f"by:{by.ref}" if by else "system"),
    )


def breaks(limit: int = 10) -> list[str]:
    """Chains that no longer add up, each with the first place where they do not.

    An event edited, removed, inserted or moved changes a hash or leaves a gap; one cut from the end
    leaves a chain shorter than its own count.
    """
    with connection.cursor() as cursor:
        cursor.execute(BREAKS, [limit])
        return [f"{chain}: {what}" for chain, what in cursor.fetchall()]


BREAKS = """
WITH linked AS (
    SELECT e.*,
           lag(e.hash, 1, '\\x'::bytea) OVER chain AS expected_previous,
           row_number() OVER chain AS expected_position
      FROM audit_event e
    WINDOW chain AS (PARTITION BY e.chain ORDER BY e.position)
), broken AS (
    SELECT chain, position,
           'event ' || position || ' (' || kind
               || ') does not match its hash or its neighbour' AS what
      FROM linked
     WHERE position <> expected_position
        OR previous_hash <> expected_previous
        OR hash <> audit_event_hash(linked.previous_hash, linked.position, linked.chain, linked.at,
               linked.kind, linked.by_ref, linked.by_name, linked.team_code, linked.family_ref,
               linked.subject_type, linked.subject_ref, linked.details)
), short AS (
    SELECT c.name, c.length + 1 AS position,
           'has ' || count(e.id) || ' events where ' || c.length || ' were written'
      FROM audit_chain c
      LEFT JOIN audit_event e ON e.chain = c.name
     GROUP BY c.name
    HAVING count(e.id) <> c.length
        OR c.head <> coalesce((array_agg(e.hash ORDER BY e.position DESC))[1], '\\x'::bytea)
)
SELECT DISTINCT ON (chain) chain, what
  FROM (SELECT * FROM broken UNION ALL SELECT * FROM short) AS found (chain, position, what)
 ORDER BY chain, position
 LIMIT %s
"""
