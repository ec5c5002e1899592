"""Proving that nobody has changed the log: its chains, and the nightly seal over all of them."""

import logging
from datetime import date

from django.db import connection, transaction

from leap.core.audit.models import Anchor, ChainHead

log = logging.getLogger("leap.core.audit")


def find_breaks(limit: int = 10) -> list[str]:
    """Chains that no longer add up, each with the first event where they do not.

    An event edited, removed, inserted or moved changes a hash or leaves a gap; one cut from the end
    leaves a chain shorter than its own count; a chain gone with everything in it is missed by the
    seal.
    """
    with connection.cursor() as cursor:
        cursor.execute(BREAKS, [limit])
        breaks = [f"{chain}: {what}" for chain, what in cursor.fetchall()]
    # Whether what the latest seal covers is still what was sealed.
    latest = Anchor.objects.order_by("-on").first()
    if latest is not None:
        with connection.cursor() as cursor:
            cursor.execute(STANDING)
            _, _, value = cursor.fetchone()
        if bytes(value) != bytes(latest.hash):
            breaks.append(f"seal of {latest.on.isoformat()}: what it covers has been rewritten")
    return breaks[:limit]


@transaction.atomic
def anchor(on: date) -> Anchor:
    """Seal where every chain stands, once a day; the seal of that day if there is one.

    What it says goes into the process's own log too, which whoever can write to the database does
    not hold. Events of transactions under way are waited for.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE audit_anchor IN SHARE ROW EXCLUSIVE MODE")
        if existing := Anchor.objects.filter(on=on).first():
            return existing
        cursor.execute(f"LOCK TABLE {ChainHead._meta.db_table} IN SHARE MODE")
        cursor.execute(SEAL_CHAINS)
        cursor.execute(STANDING)
        chains, events, value = cursor.fetchone()
    made = Anchor.objects.create(on=on, chains=chains, events=events, hash=value)
    log.info("%s", anchor_in_words(made))
    return made


def anchor_in_words(made: Anchor) -> str:
    """A seal in one line, to print and to compare by."""
    return (
        f"seal of {made.on.isoformat()}: {made.events} events in {made.chains} chains,"
        f" {bytes(made.hash).hex()}"
    )


# Of each broken chain the first place. A chain whose first event is gone lacks event 1, and so on.
BREAKS = """
WITH linked AS (
    SELECT e.*,
           lag(e.hash, 1, '\\x'::bytea) OVER chain AS expected_previous,
           lag(e.position, 1, 0::bigint) OVER chain AS position_before
      FROM audit_event e
    WINDOW chain AS (PARTITION BY e.chain ORDER BY e.position)
), broken AS (
    SELECT chain, position,
           CASE WHEN position <> position_before + 1
                THEN 'event ' || position_before + 1 || ' is missing, before event ' || position
                     || ' (' || kind || ')'
                ELSE 'event ' || position || ' (' || kind
                     || ') does not match its hash or its neighbour' END AS what
      FROM linked
     WHERE position <> position_before + 1
        OR previous_hash <> expected_previous
        OR hash <> audit_event_hash(linked.previous_hash, linked.position, linked.chain, linked.at,
               linked.kind, linked.by_ref, linked.by_name, linked.team_code, linked.family_ref,
               linked.subject_type, linked.subject_ref, linked.details)
), written AS (
    SELECT chain AS name, max(position) AS last,
           (array_agg(hash ORDER BY position DESC))[1] AS head
      FROM audit_event
     GROUP BY chain
), ended AS (
    SELECT name, coalesce(w.last, 0) + 1 AS position,
           CASE WHEN c.length IS NULL
                THEN 'its ' || w.last || ' events are in no chain'
                WHEN c.length > coalesce(w.last, 0)
                THEN 'event ' || coalesce(w.last, 0) + 1 || ' is missing: ' || c.length
                     || ' were written'
                ELSE 'its chain was changed: it ends at event ' || w.last || ', not '
                     || c.length END AS what
      FROM audit_chainhead c
      FULL JOIN written w USING (name)
     WHERE c.length IS DISTINCT FROM w.last OR c.head IS DISTINCT FROM w.head
), unsealed AS (
    SELECT s.name, s.length AS position,
           'event ' || s.length
               || CASE WHEN e.id IS NULL THEN ' is missing' ELSE ' was rewritten' END
               || ', which the seal covers' AS what
      FROM audit_chainanchor s
      LEFT JOIN audit_event e ON e.chain = s.name AND e.position = s.length
     WHERE e.hash IS DISTINCT FROM s.head
)
SELECT DISTINCT ON (chain) chain, what
  FROM (SELECT * FROM broken UNION ALL SELECT * FROM ended UNION ALL SELECT * FROM unsealed)
       AS found (chain, position, what)
 ORDER BY chain, position
 LIMIT %s
"""

SEAL_CHAINS = """
INSERT INTO audit_chainanchor AS s (name, length, head)
SELECT name, length, head FROM audit_chainhead
ON CONFLICT (name) DO UPDATE SET length = excluded.length, head = excluded.head
 WHERE s.length < excluded.length
"""

STANDING = """
SELECT count(*), coalesce(sum(length), 0)::bigint,
       sha256(coalesce(string_agg(convert_to(name || ' ' || length || ' ', 'UTF8') || head,
                                  '\\x0a'::bytea ORDER BY name COLLATE "C"), '\\x'::bytea))
  FROM audit_chainanchor
"""
