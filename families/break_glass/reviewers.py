"""Who judges an opening: somebody who manages, and has nothing to do with it.

Not the practitioner, nobody of the practitioner's teams, nobody whose team works with the family.
Of those, the managers of the practitioner's own agency; where it has none, those of the agency that
leads the family; where that has none either, or the day is over, the programme's admins.
docs/decisions/0013-break-glass.md says why.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from families.models import AccessAlert, BreakGlass
from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability, disciplines_without, team_roles_with
from leap.core.rls.session import bypass_rls

Asked = type[BreakGlass] | type[AccessAlert]
# When it was, and from which day on admins may judge it too.
AT: dict[Asked, tuple[str, str]] = {
    BreakGlass: ('opened."at"', "opened.review_by"),
    AccessAlert: ('opened."on"::timestamptz', 'opened."on" + 7'),
}


@dataclass(frozen=True)
class AwaitingReview:
    """How much waits for one manager's judgement."""

    openings: int  # in an emergency
    late: int  # of those
    questions: int  # that the night asked

    def __bool__(self) -> bool:
        return bool(self.openings or self.questions)


def ids_to_review(what: Asked, user: User) -> list[int]:
    """The keys of those that `user` is to judge, of all that nobody has judged."""
    if not user.can(Capability.JUDGE_OPENINGS):
        return []
    return [key for (key,) in _read(f"SELECT id FROM ({_asked(what)}) waiting", user)]


def awaiting_review(user: User) -> AwaitingReview:
    """How much there is for `user` to judge, in one statement."""
    kinds: list[Asked] = [BreakGlass, AccessAlert]
    late = "count(*) FILTER (WHERE due_on < %(today)s)"
    counted = " UNION ALL ".join(
        f"SELECT {place}, count(*), {late} FROM ({_asked(what)}) waiting"
        for place, what in enumerate(kinds)
    )
    (_, openings, late_ones), (_, questions, _) = sorted(_read(counted, user))
    return AwaitingReview(openings, late_ones, questions)


def _reviewing() -> dict[str, Any]:
    """What FIT is asked with: the roles that judge, and whose teams have nothing to do with it."""
    return {
        "today": timezone.localdate(),
        "judging": team_roles_with(Capability.JUDGE_OPENINGS),
        "no_families": disciplines_without(Capability.HOLD_FAMILIES),
    }


def _asked(what: Asked) -> str:
    at, due_on = AT[what]
    return TO_REVIEW.format(table=what._meta.db_table, at=at, due_on=due_on)


def _read(statement: str, user: User) -> list[tuple[Any, ...]]:
    named: dict[str, Any] = {
        "user": user.pk,
        "everywhere": user.can_everywhere(Capability.JUDGE_OPENINGS),
        **_reviewing(),
    }
    with (
        bypass_rls("who may judge depends on who works with a family"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, named)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def asked_to_review(broken: BreakGlass) -> list[int]:
    """The keys of the managers who are to judge one opening; none where only an admin may."""
    at, due_on = AT[BreakGlass]
    statement = CHOSEN.format(table=BreakGlass._meta.db_table, at=at, due_on=due_on)
    named: dict[str, Any] = {**_reviewing(), "opening": broken.pk}
    with (
        bypass_rls("who may judge depends on who works with a family"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, named)
        return [key for (key,) in cursor.fetchall()]


FIT = """
WITH works AS (
    SELECT m.user_id, m.team_id, m.role, t.agency_id, t.discipline
      FROM accounts_membership m
      JOIN accounts_team t ON t.id = m.team_id
      JOIN accounts_user u ON u.id = m.user_id
     WHERE u.is_active AND m.started_on <= %(today)s
       AND (m.ended_on IS NULL OR m.ended_on > %(today)s)
), asked AS (
    SELECT opened.id, opened.family_id, opened.practitioner_id, {at} AS at, {due_on} AS due_on,
           lead.agency_id AS lead_agency_id
      FROM {table} opened
      JOIN families_family f ON f.id = opened.family_id
      LEFT JOIN accounts_team lead ON lead.id = f.lead_team_id
     WHERE opened.reviewed_at IS NULL
), fit AS (
    SELECT asked.id, m.user_id,
           CASE WHEN m.agency_id IN (SELECT own.agency_id FROM works own
                                      WHERE own.user_id = asked.practitioner_id) THEN 1
                WHEN m.agency_id = asked.lead_agency_id THEN 2 END AS choice
      FROM asked
      JOIN works m ON m.role = ANY(%(judging)s) AND m.discipline <> ALL(%(no_families)s)
                  AND m.user_id <> asked.practitioner_id
     WHERE NOT EXISTS (
           SELECT FROM works mine JOIN works theirs ON theirs.team_id = mine.team_id
            WHERE mine.user_id = m.user_id AND theirs.user_id = asked.practitioner_id)
       AND NOT EXISTS (
           SELECT FROM families_involvement spell
            WHERE spell.family_id = asked.family_id
              AND leap_is_live(spell.ended_at, asked.at)
              AND (spell.practitioner_id = m.user_id OR spell.team_id IN (
                   SELECT mine.team_id FROM works mine WHERE mine.user_id = m.user_id)))
)
"""
TO_REVIEW = f"""{FIT}
SELECT asked.id, asked.due_on
  FROM asked
 WHERE asked.practitioner_id <> %(user)s
   AND (EXISTS (SELECT FROM fit WHERE fit.id = asked.id AND fit.user_id = %(user)s
                   AND fit.choice = (SELECT min(choice) FROM fit best WHERE best.id = asked.id))
        OR (%(everywhere)s AND (asked.due_on < %(today)s OR NOT EXISTS (
            SELECT FROM fit WHERE fit.id = asked.id AND fit.choice IS NOT NULL))))
"""
CHOSEN = f"""{FIT}
SELECT DISTINCT user_id
  FROM fit
 WHERE fit.id = %(opening)s
   AND fit.choice = (SELECT min(choice) FROM fit best WHERE best.id = fit.id)
"""
