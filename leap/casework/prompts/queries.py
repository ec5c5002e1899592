"""Which prompts stand, read from the record in one statement, as far as the reader sees what each
rests on. A prompt rests once somebody has decided, until there is something new.
"""

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.utils import timezone

from families.history.chronology import CONCERNS
from families.models import Family, Observation
from families.models.people import person_is_open
from families.observations.codes import MARAC
from leap.casework.prompts.models import Decision, Rule
from leap.core.accounts.models import User
from leap.core.rls.expressions import layer_is_open
from leap.core.ui.formatting import short_day

LATELY = timedelta(days=182)  # older things have been lived with, or decided on elsewhere


@dataclass(frozen=True)
class Prompt:
    """One rule that holds, with what it saw."""

    rule: Rule
    family_ref: str
    family_name: str
    basis: str
    on: date
    person: str
    value: str
    contact: str  # the reference of the contact it comes from, blank where there is none
    since: date | None = None  # of two missed contacts, the first

    @property
    def title(self) -> str:
        return str(self.rule.label)

    @property
    def is_urgent(self) -> bool:
        return self.rule == Rule.HARM

    @property
    def reason(self) -> str:
        """What the rule saw, in a sentence."""
        day = short_day(self.on)
        who = self.person or "Somebody in the family"
        return {
            Rule.HARM: f"{who} answered item 10 of the EPDS above nought ({self.value}) on {day}."
            " This counts at any total. Speak with her today.",
            Rule.ABUSE: f"{who} told of domestic abuse on {day}.",
            Rule.DASH: f"The DASH score of {who} was {self.value} on {day}: {MARAC} or more goes to"
            " a MARAC. Below that, your judgement can still send it there.",
            Rule.MISSED: f"The last two contacts were missed, on {short_day(self.since)}"
            f" and {day}.",
            Rule.DECLINED: f"A referral was declined on {day}, after a concern was recorded.",
        }[self.rule]


def prompts_of_family(family: Family, *, by: User) -> list[Prompt]:
    """Those that stand for one family, the gravest first."""
    return _standing(_one(family), by)


def prompts_subquery(family: Family, *, by: User) -> RawSQL:
    """The same for the statement of another queryset, worked out once for it.

    `prompts_from_rows` reads it.
    """
    sql, params = _statement(_one(family), by)
    return RawSQL(sql, params, output_field=TextField())  # noqa: S611 (constants; values are params)


def _one(family: Family) -> QuerySet[Family]:
    return Family.objects.filter(pk=family.pk).open()


def for_practitioner(user: User) -> list[Prompt]:
    """Those of the families that this person leads, and item 10 where they recorded it."""
    recorded = Observation.objects.filter(
        by=user, code="epds_item_10", number__gt=0, recorded_on__gte=timezone.localdate() - LATELY
    )
    mine = Q(lead_practitioner=user) | Q(members__person__in=recorded.values("person"))
    return _standing(Family.objects.visible_to(user).open().filter(mine), user)


def find_prompt(family: Family, rule: str, basis: str, *, by: User) -> Prompt | None:
    """One prompt that stands, or None."""
    prompts = prompts_of_family(family, by=by)
    return next(
        (prompt for prompt in prompts if (prompt.rule, prompt.basis) == (rule, basis)), None
    )


def _standing(families: QuerySet[Family], by: User) -> list[Prompt]:
    with connection.cursor() as cursor:
        cursor.execute(*_statement(families, by))
        return prompts_from_rows(cursor.fetchone()[0])


def _statement(families: QuerySet[Family], by: User) -> tuple[str, tuple[Any, ...]]:
    """The statement with the families as part of it, and its parameters in their order."""
    today = timezone.localdate()
    named: dict[str, Any] = {
        "me": by.pk,
        "agencies": by.agency_ids,
        "since": today - LATELY,
        "today": today,
        "marac": MARAC,
    }
    names = re.findall(r"%\((\w+)\)s", PROMPTS)
    sql = re.sub(r"%\(\w+\)s", "%s", PROMPTS)
    chosen, params = families.order_by().values("pk").query.sql_with_params()
    sql = sql.replace("{families}", chosen)
    return f"(SELECT coalesce(json_agg(each), '[]')::text FROM ({sql}) AS each)", (
        *params,
        *(named[name] for name in names),
    )


def prompts_from_rows(answer: str) -> list[Prompt]:
    """What the statement answered, the gravest first."""
    prompts = [_prompt(**row) for row in json.loads(answer)]
    order = list(Rule)
    return sorted(prompts, key=lambda prompt: (order.index(prompt.rule), -prompt.on.toordinal()))


def _prompt(rule: str, day: str, since: str | None, **rest: str) -> Prompt:
    first = date.fromisoformat(since) if since else None
    return Prompt(rule=Rule(rule), on=date.fromisoformat(day), since=first, **rest)


_OPEN_CONTACT = f"""{layer_is_open("c")}
       AND NOT EXISTS (
            SELECT FROM families_contactperson cp
             WHERE cp.contact_id = c.id AND cp.concerned
               AND NOT EXISTS (SELECT FROM families_person p
                                WHERE p.id = cp.person_id AND {person_is_open("p")}))"""
_DECIDED = Decision._meta.db_table

PROMPTS = f"""
WITH chosen (family) AS MATERIALIZED ({{families}}), seen AS (
    SELECT c.id, c.family_id, c.ref, c.occurred_on, c.occurred_at, c.outcome
      FROM families_contact c
     WHERE c.family_id IN (SELECT family FROM chosen) AND c.occurred_on >= %(since)s
       AND c.outcome IN ('attended', 'was_not_brought', 'no_access') AND {_OPEN_CONTACT}
), latest AS (
    SELECT family_id, ref, occurred_on, outcome,
           lead(outcome) OVER newest AS before, lead(occurred_on) OVER newest AS before_on,
           row_number() OVER newest AS place
      FROM seen
    WINDOW newest AS (PARTITION BY family_id ORDER BY occurred_at DESC, id DESC)
), found AS (
    SELECT DISTINCT ON (m.family_id, o.person_id, rule.name) m.family_id, rule.name AS rule,
           o.ref, o.recorded_on, p.given_name, o.value, o.contact_id
      FROM families_member m
      JOIN families_person p ON p.id = m.person_id AND {person_is_open("p")}
      JOIN families_observation o ON o.person_id = p.id AND o.recorded_on >= %(since)s
           AND {layer_is_open("o")}
     CROSS JOIN LATERAL (SELECT CASE
                WHEN o.code = 'epds_item_10' AND o.number > 0 THEN 'harm'
                WHEN o.code = 'domestic_abuse_disclosed' AND o.value = 'yes' THEN 'abuse'
                WHEN o.code = 'dash_score' AND o.number >= %(marac)s THEN 'dash' END AS name) rule
     WHERE m.family_id IN (SELECT family FROM chosen) AND rule.name IS NOT NULL
       AND o.code IN ('epds_item_10', 'domestic_abuse_disclosed', 'dash_score')
       AND (m.left_on IS NULL OR m.left_on > %(today)s)
     ORDER BY m.family_id, o.person_id, rule.name, o.recorded_on DESC, o.id DESC
), prompt AS (
    SELECT rule, family_id, ref, recorded_on AS day, given_name AS person, value, contact_id,
           NULL::date AS since
      FROM found
    UNION ALL
    SELECT 'missed', family_id, ref, occurred_on, '', '', NULL, before_on
      FROM latest
     WHERE place = 1 AND outcome <> 'attended' AND before <> 'attended'
    UNION ALL
    (SELECT DISTINCT ON (r.family_id) 'declined', r.family_id, r.ref,
            (r.declined_at AT TIME ZONE 'Europe/London')::date, '', '', NULL, NULL
       FROM referrals_referral r
      WHERE r.family_id IN (SELECT family FROM chosen) AND r.status = 'declined'
        AND (r.declined_at AT TIME ZONE 'Europe/London')::date >= %(since)s
        AND (EXISTS (SELECT FROM seen WHERE seen.family_id = r.family_id
                        AND seen.outcome <> 'attended' AND seen.occurred_at < r.declined_at)
             OR EXISTS (SELECT FROM families_member m
                          JOIN families_person p ON p.id = m.person_id AND {person_is_open("p")}
                          JOIN families_observation o ON o.person_id = p.id
                         WHERE m.family_id = r.family_id AND o.recorded_on >= %(since)s
                           AND o.recorded_at < r.declined_at
                           AND {layer_is_open("o")} AND {CONCERNS}))
      ORDER BY r.family_id, r.declined_at DESC)
)
SELECT prompt.rule, f.ref AS family_ref, f.name AS family_name, prompt.ref AS basis, prompt.day,
       prompt.person, prompt.value, coalesce(c.ref, '') AS contact, prompt.since
  FROM prompt
  JOIN families_family f ON f.id = prompt.family_id
  LEFT JOIN families_contact c ON c.id = prompt.contact_id
 WHERE (prompt.contact_id IS NULL OR (c.id IS NOT NULL AND {_OPEN_CONTACT}))
   AND NOT EXISTS (
        SELECT FROM (SELECT choice, until FROM {_DECIDED} d
                      WHERE d.family_id = prompt.family_id AND d.rule = prompt.rule
                        AND d.basis = prompt.ref
                      ORDER BY d.at DESC, d.id DESC LIMIT 1) AS decided
         WHERE decided.choice <> 'not_now' OR decided.until > %(today)s)
"""
