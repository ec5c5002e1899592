"""What a review on a day would let go, and why. Finds; never deletes."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connection
from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.rls.session import bypass_rls
from leap.governance.retention.schedule import ADULTS, CHILD, KINDS, OTHERS, RetentionRule
from outcomes.disclosure import small_counts


@dataclass(frozen=True)
class RetentionDue:
    """A family whose time is over: since when, by which rule, and whether it is held."""

    ref: str
    review_on: date
    code: str
    held: bool

    @property
    def kept(self) -> RetentionRule:
        return KINDS[self.code]


@dataclass(frozen=True)
class RecordKind:
    """How much of one kind would go, and how much is held."""

    kept: RetentionRule
    would_go: int
    held: int = 0

    @property
    def shown(self) -> tuple[str, str]:
        """Both for a page, whose reader may not open these families; other rows are of nobody."""
        if self.kept in OTHERS.values():
            return f"{self.would_go:,}", f"{self.held:,}"
        return small_counts.count_in_words(self.would_go), small_counts.count_in_words(self.held)


def families(on: date, *, user: User | None = None) -> list[RetentionDue]:
    """The closed families whose records are due for review by `on`, the longest first; with a
    user, of the families they see."""
    who = user.access_keys if user else None
    with connection.cursor() as cursor:
        cursor.execute(FAMILIES, {"on": on, "who": who})
        return [RetentionDue(*row) for row in cursor.fetchall()]


def kinds(on: date) -> list[RecordKind]:
    """Every kind of record, with how much would go: counts only, of everything there is."""
    with bypass_rls("to count what would go, and not whose"):
        families_due = families(on)
        others = [RecordKind(rule, _count(table, rule, on)) for table, rule in OTHERS.items()]
    counted = [
        RecordKind(
            rule,
            sum(due.code == rule.code and not due.held for due in families_due),
            sum(due.code == rule.code and due.held for due in families_due),
        )
        for rule in (*CHILD, ADULTS)
    ]
    return [*counted, *others]


def _count(table: str, rule: RetentionRule, on: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {table} AS each WHERE {rule.applies}"
            f" AND ({rule.since} + interval '{rule.period}') < %s",
            [timezone.make_aware(datetime.combine(on, time()))],
        )
        return int(cursor.fetchone()[0])


def _case(answer: str) -> str:
    """The first rule that applies to a child, as SQL."""
    rows = " ".join(f"WHEN {rule.applies} THEN " + answer.format(kept=rule) for rule in CHILD)
    return f"CASE {rows} END"


# A family is kept for the child who has to be kept longest.
FAMILIES = f"""
WITH family AS (
    SELECT f.id, f.ref, f.restriction, (f.closed_at AT TIME ZONE 'Europe/London')::date AS closed_on
      FROM families_family f
     WHERE f.closed_at IS NOT NULL
       AND (%(who)s::bigint[] IS NULL OR EXISTS (
            SELECT FROM families_involvement spell
             WHERE spell.family_id = f.id AND spell.who = ANY(%(who)s::bigint[])
               AND leap_is_live(spell.ended_at)))
), each AS (
    SELECT family.id,
           {_case("'{kept.code}'")} AS code,
           ({_case("{kept.since} + interval '{kept.period}'")})::date AS review_on
      FROM family
      JOIN families_member m ON m.family_id = family.id AND m.role IN ('child', 'unborn')
      JOIN families_person child ON child.id = m.person_id
     CROSS JOIN LATERAL (
           SELECT EXISTS (SELECT FROM families_member carer
                           WHERE carer.family_id = family.id AND carer.role = 'foster_carer')
                  AS looked_after) AS foster
), longest AS (
    SELECT DISTINCT ON (id) id, code, review_on
      FROM each WHERE review_on IS NOT NULL ORDER BY id, review_on DESC
), reviewed AS (
    SELECT family.id, family.ref,
           coalesce(longest.review_on,
                    ({ADULTS.since} + interval '{ADULTS.period}')::date) AS review_on,
           coalesce(longest.code, '{ADULTS.code}') AS code
      FROM family LEFT JOIN longest USING (id)
)
SELECT ref, review_on, code, EXISTS (
           SELECT FROM retention_legalhold hold
            WHERE hold.family_id = reviewed.id AND hold.lifted_at IS NULL) AS held
  FROM reviewed
 WHERE review_on <= %(on)s
 ORDER BY review_on, ref
"""
