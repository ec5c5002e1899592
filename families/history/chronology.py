"""A family's chronology: what happened to them, the earliest first, across agencies, in one
statement. Nothing is typed for it: each line comes from a record, leads to it, and is seen by those
who see that record.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from families.history.timeline import REVIEWS
from families.models import Contact, Family, Layer
from families.models.contacts import reviews_in_words
from families.models.people import SHORT_NAME, person_is_open
from families.observations import provenance
from families.observations.codes import CODES
from families.observations.declaration import Paper
from families.observations.display import FOR_WHOM, ObservationDisplay, note_is_printed
from families.observations.provenance import NotePart
from leap.core.accounts.models import User
from leap.core.accounts.permissions import ABOUT_ABUSE
from leap.core.audit.kinds import NOT_FOR_FAMILY
from leap.core.rls.expressions import layer_is_open

PAGE = 100
ON_PAPER = 1000
NOBODY = 0  # no practitioner's key

# Findings that make an event significant, as SQL over an observation o.
_EACH = [definition.concern.sql(code) for code, definition in CODES.items() if definition.concern]
CONCERNS = f"({' OR '.join(_EACH)})"


@dataclass(frozen=True)
class ChronologyQuery:
    """What is to be shown: the significant or everything, and as it was known on a day."""

    everything: bool = False
    known_on: date | None = None
    page: int = 1


@dataclass(frozen=True)
class ChronologyLine:
    """One event: when it was, when it became known, from whom, and what it came to."""

    on: date
    known_since: date | None
    kind: str  # contact, finding, event, born or died
    ref: str
    title: str
    source: str  # team and agency; blank for what the system knows by itself
    by: str
    note: str
    layer: str
    people: list[str]
    observations: list[ObservationDisplay]
    details: Mapping[str, Any]
    at: datetime
    team: str = ""  # the code, name and discipline of the team that it is from
    team_name: str = ""
    discipline: str = ""
    # Of a move, what its record says: with whom, why, what was said of it, and what it came to.
    whom: str = ""
    why: str = ""
    said: str = ""
    came_to: str = ""
    is_about_abuse: bool = False

    @property
    def is_contact(self) -> bool:
        return self.kind == "contact"

    @property
    def is_referral(self) -> bool:
        return self.kind.startswith("referral.")

    @property
    def kept_for(self) -> str:
        return FOR_WHOM.get(self.layer, "")

    @property
    def papers(self) -> set[Paper]:
        """What each of its findings lets be printed of it; nothing of an event that is itself about
        domestic abuse, or comes from a service for it."""
        papers = {finding.on_paper for finding in self.observations}
        about_abuse = self.is_about_abuse or self.discipline in ABOUT_ABUSE
        return papers | {Paper.NOTHING} if about_abuse else papers

    @property
    def is_printed(self) -> bool:
        return self.layer == Layer.SHARED and Paper.NOTHING not in self.papers

    @property
    def nature(self) -> str:
        """What the event itself is, where what was found and written does not say it."""
        return "" if self.observations or self.note or self.why or self.said else "Fact"

    @property
    def note_parts(self) -> list[NotePart]:
        """The paragraphs of the note, each marked as fact, opinion, report or account."""
        return list(provenance.note_parts(self.note, self.by)) if self.note else []

    @property
    def observations_with_provenance(self) -> list[tuple[ObservationDisplay, str]]:
        """What was found, each with whether it is a fact, an opinion, or reported by somebody."""
        return [
            (finding, provenance.provenance_of_finding(finding.code, finding.person, self.by))
            for finding in self.observations
        ]

    @property
    def effect(self) -> str:
        """What it came to, as far as the record says."""
        if self.is_contact and (outcome := self.details["outcome"]) != "attended":
            return str(Contact.Outcome(outcome).label)
        return self.came_to


@dataclass(frozen=True)
class Chronology:
    """A page of it."""

    lines: list[ChronologyLine]
    page: int
    has_more: bool

    @property
    def next(self) -> int | None:
        return self.page + 1 if self.has_more else None

    @property
    def previous(self) -> int | None:
        return self.page - 1 if self.page > 1 else None


def read(
    family: Family,
    query: ChronologyQuery,
    *,
    by: User,
    event_labels: Mapping[str, str],
    minor: Collection[str],
) -> Chronology:
    """A page of what `by` may see. Of the kinds of event that have
    `event_labels`, the `minor` ones come only with everything."""
    lines = _lines(
        family, query, by, event_labels, minor, most=PAGE + 1, skip=(query.page - 1) * PAGE
    )
    return Chronology(lines[:PAGE], query.page, len(lines) > PAGE)


def for_paper(
    family: Family,
    query: ChronologyQuery,
    *,
    event_labels: Mapping[str, str],
    minor: Collection[str],
    with_family: bool,
) -> Chronology:
    """What may be printed. Whoever reads it, nothing of domestic abuse and nothing that is kept
    for an agency or for named people, nor anybody who is; with the family at the table, no notes
    either."""
    lines = _lines(family, query, None, event_labels, minor, most=ON_PAPER + 1, skip=0)
    # Without findings that are never printed, nor a note that may speak of them.
    printed = [
        replace(
            line,
            observations=[finding for finding in line.observations if finding.is_printed],
            note=line.note if note_is_printed(line.observations) and not with_family else "",
        )
        for line in lines[:ON_PAPER]
        if line.is_printed
    ]
    if with_family:
        printed = [line for line in printed if line.kind not in NOT_FOR_FAMILY]
    return Chronology(printed, 1, len(lines) > ON_PAPER)


def _lines(
    family: Family,
    query: ChronologyQuery,
    by: User | None,
    event_labels: Mapping[str, str],
    minor: Collection[str],
    *,
    most: int,
    skip: int,
) -> list[ChronologyLine]:
    """As `by` may see it; as nobody in particular may, where that is None."""
    named: dict[str, Any] = {
        "family": family.pk,
        "ref": family.ref,
        "kinds": [kind for kind in event_labels if query.everything or kind not in minor],
        "everything": query.everything,
        "known_on": query.known_on or timezone.localdate(),
        "me": by.pk if by else NOBODY,
        "agencies": by.agency_ids if by else [],
        "most": most,
        "skip": skip,
    }
    with connection.cursor() as cursor:
        cursor.execute(CHRONOLOGY, named)
        return [_line(row, event_labels) for row in cursor.fetchall()]


def _line(row: tuple[Any, ...], event_labels: Mapping[str, str]) -> ChronologyLine:
    on, known, kind, ref, source, by, details, people, findings, layer, at, *team = row
    about = json.loads(details)
    if kind == "contact":
        reviews = reviews_in_words(about.get("reviews") or [])
        title = reviews or str(Contact.Kind(about["kind"]).label)
    else:
        fixed = {"born": "Born", "died": "Died", "finding": "Recorded"}
        title = fixed.get(kind) or event_labels[kind]
    return ChronologyLine(
        on=on,
        known_since=known,
        kind=kind,
        ref=ref,
        title=title,
        source=source,
        by=by,
        note=about.get("note") or "",
        layer=layer,
        people=json.loads(people),
        observations=[ObservationDisplay(**finding) for finding in json.loads(findings)],
        details=about,
        at=at,
        team=team[0] or "",
        team_name=team[1] or "",
        discipline=team[2] or "",
    )


_KNOWN = "({0} AT TIME ZONE 'Europe/London')::date"
_NAME = SHORT_NAME.format("p")

CHRONOLOGY = f"""
WITH people AS (
    SELECT DISTINCT ON (p.id) p.id, {_NAME} AS name, p.given_name, p.birth_date, p.died_on,
           m.role IN ('child', 'unborn') AS is_child
      FROM families_member m
      JOIN families_person p ON p.id = m.person_id AND {person_is_open("p")}
     WHERE m.family_id = %(family)s
     ORDER BY p.id, m.id
), line AS (
    SELECT c.occurred_on AS "on", {_KNOWN.format("c.recorded_at")} AS known, 'contact' AS kind,
           c.ref, t.name || ', ' || a.name AS source, coalesce(u.name, '') AS by,
           jsonb_build_object('outcome', c.outcome, 'reviews', {REVIEWS}, 'kind', c.kind,
                              'note', c.note) AS details,
           c.id AS contact, NULL::bigint AS observation, NULL AS name, c.layer,
           c.occurred_at AS at, t.id AS team,
           {REVIEWS} IS NOT NULL OR c.outcome IN ('was_not_brought', 'no_access') OR EXISTS (
                SELECT FROM families_observation o WHERE o.contact_id = c.id AND {CONCERNS}
           ) AS significant
      FROM families_contact c
      JOIN accounts_team t ON t.id = c.team_id
      JOIN accounts_agency a ON a.id = t.agency_id
      LEFT JOIN accounts_user u ON u.id = c.by_id
     WHERE c.family_id = %(family)s AND {layer_is_open("c")}
       AND NOT EXISTS (
            SELECT FROM families_contactperson cp
             WHERE cp.contact_id = c.id AND cp.concerned
               AND NOT EXISTS (SELECT FROM families_person p
                                WHERE p.id = cp.person_id AND {person_is_open("p")}))
    UNION ALL
    SELECT o.recorded_on, {_KNOWN.format("o.recorded_at")}, 'finding', o.ref, o.source,
           coalesce(u.name, ''), '{{}}', NULL, o.id, people.name, o.layer, o.recorded_at, NULL,
           {CONCERNS}
      FROM families_observation o
      JOIN people ON people.id = o.person_id
      LEFT JOIN accounts_user u ON u.id = o.by_id
     WHERE o.contact_id IS NULL AND {layer_is_open("o")}
    UNION ALL
    SELECT {_KNOWN.format("e.at")}, {_KNOWN.format("e.at")}, e.kind, e.subject_ref,
           coalesce(t.name || ', ' || a.name, ''), e.by_name, e.details, NULL, NULL, NULL,
           'shared', e.at, t.id, true
      FROM audit_event e
      LEFT JOIN accounts_team t ON t.code = e.team_code AND e.team_code <> ''
      LEFT JOIN accounts_agency a ON a.id = t.agency_id
     WHERE e.family_ref = %(ref)s AND e.kind = ANY(%(kinds)s)
       AND (e.kind <> 'family.team_involved' OR e.details->>'reason' = 'team_around_family')
    UNION ALL
    SELECT happened.day, NULL, happened.kind, '', '', '', '{{}}', NULL, NULL, people.name, 'shared',
           happened.day::timestamp AT TIME ZONE 'Europe/London', NULL, true
      FROM people
     CROSS JOIN LATERAL (VALUES ('born', CASE WHEN is_child THEN birth_date END),
                                ('died', died_on)) AS happened(kind, day)
     WHERE happened.day IS NOT NULL
), chosen AS (
    SELECT * FROM line
     WHERE (significant OR %(everything)s) AND coalesce(known, "on") <= %(known_on)s
     ORDER BY "on", at, kind, ref
     LIMIT %(most)s OFFSET %(skip)s
)
SELECT "on", known, kind, ref, source, by, details,
       coalesce(who.people,
                CASE WHEN chosen.name IS NULL THEN '[]' ELSE jsonb_build_array(chosen.name) END),
       coalesce(found.all, '[]'), layer, at, team.code, team.name, team.discipline
  FROM chosen
  LEFT JOIN accounts_team team ON team.id = chosen.team
  LEFT JOIN LATERAL (
       SELECT jsonb_agg({_NAME} ORDER BY cp.listed) AS people
         FROM families_contactperson cp
         JOIN families_person p ON p.id = cp.person_id AND {person_is_open("p")}
        WHERE cp.contact_id = chosen.contact AND cp.concerned
       ) who ON true
  LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('code', o.code, 'value', o.value,
                  'person', p.given_name) ORDER BY o.id) AS all
         FROM families_observation o
         JOIN families_person p ON p.id = o.person_id AND {person_is_open("p")}
        WHERE (o.contact_id = chosen.contact AND {layer_is_open("o")})
           OR o.id = chosen.observation
       ) found ON true
 ORDER BY "on", at, kind, ref
"""
