"""A family's timeline: what happened, newest first, read in one statement a page at a time.

Contacts come with who was there and what was found; between them stand the moves that the log
knows, of the lead, the teams and the referrals.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import connection

from families.access import hidden_entries
from families.access.hidden_entries import Hidden, RestrictedPeople
from families.models import Contact, Family, Layer
from families.models.contacts import reviews_in_words
from families.models.people import SHORT_NAME, person_is_open
from families.observations.display import FOR_WHOM, ObservationDisplay, note_is_printed
from leap.core.accounts.models import User
from leap.core.rls.expressions import layer_is_open

PAGE = 25
_signer = Signer(salt="timeline")


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened: a contact, or an event in the log (then `kind` is the event's)."""

    at: datetime
    key: int
    kind: str
    ref: str
    by: str
    team: str
    details: dict[str, Any]
    people: list[dict[str, Any]]
    observations: list[ObservationDisplay]
    event_in_words: str
    layer: str = Layer.SHARED

    is_kept = False

    @property
    def is_contact(self) -> bool:
        return not self.event_in_words

    @property
    def kept_for(self) -> str:
        """For whom it is, where it is not for everybody who works with the family."""
        return FOR_WHOM.get(self.layer, "")

    @property
    def is_referral(self) -> bool:
        return self.kind.startswith("referral.")

    @property
    def title(self) -> str:
        """What happened, in a few words: of a contact, its review or its kind."""
        return (
            self.event_in_words
            or reviews_in_words(self.details.get("reviews") or [])
            or self.kind_words
        )

    @property
    def kind_words(self) -> str:
        return str(Contact.Kind(self.kind).label)

    @property
    def tone(self) -> str:
        """Red for a child who was not brought, amber for another contact that did not happen."""
        if self.event_in_words or self.attended:
            return ""
        missed = self.details.get("outcome") == Contact.Outcome.WAS_NOT_BROUGHT
        return "red" if missed else "amber"

    @property
    def attended(self) -> bool:
        return self.details.get("outcome") == Contact.Outcome.ATTENDED

    @property
    def note_is_printed(self) -> bool:
        return note_is_printed(self.observations)

    @property
    def people_concerned(self) -> list[str]:
        return [person["name"] for person in self.people if person["concerned"]]

    @property
    def present(self) -> list[str]:
        return [person["name"] for person in self.people if person["present"]]


@dataclass(frozen=True)
class Page:
    """One page of a timeline; `older` is the mark to ask for the next by, blank on the last."""

    entries: Sequence[TimelineEntry | RestrictedPeople]
    older: str
    is_first: bool


def hidden_values(family: Family, by: User, *, before: str = "") -> dict[str, Any]:
    """With what to ask `hidden` for the lines of the page before a mark."""
    at, key = _mark(before)
    return hidden_entries.hidden_parameters(family, by, at=at, key=key, most=PAGE + 1)


def read(
    family: Family, hidden: Hidden, *, by: User, event_labels: Mapping[str, str], before: str = ""
) -> Page:
    """The newest PAGE entries before a mark, as `by` may see them.

    They are contacts, the kinds of event that have `event_labels`, and the lines of what is
    `hidden`.
    """
    at, key = _mark(before)
    named: dict[str, Any] = {
        "family": family.pk,
        "ref": family.ref,
        "kinds": list(event_labels),
        "at": at,
        "key": key,
        "most": PAGE + 1,
        "me": by.pk,
        "agencies": by.agency_ids,
    }
    with connection.cursor() as cursor:
        cursor.execute(TIMELINE, named)
        seen = [_entry(row, event_labels) for row in cursor.fetchall()]
    entries: list[TimelineEntry | RestrictedPeople] = [*seen, *hidden.lines]
    entries.sort(key=lambda entry: (entry.at, entry.key), reverse=True)
    last = entries[PAGE - 1] if len(entries) > PAGE else None
    older = _signer.sign(f"{last.at.isoformat()}/{last.key}") if last else ""
    return Page(entries[:PAGE], older, not before)


def _mark(before: str) -> tuple[datetime | None, int]:
    """Where a page starts. A mark nobody gave out starts at the newest."""
    try:
        at, _, key = _signer.unsign(before).partition("/")
        return datetime.fromisoformat(at), int(key)
    except (BadSignature, ValueError):
        return None, 0


def _entry(row: tuple[Any, ...], event_labels: Mapping[str, str]) -> TimelineEntry:
    at, key, kind, ref, by, team, details, people, findings, layer = row
    return TimelineEntry(
        at=at,
        key=key,
        kind=kind,
        ref=ref,
        by=by,
        team=team,
        details=json.loads(details),
        people=json.loads(people),
        observations=[ObservationDisplay(**finding) for finding in json.loads(findings)],
        event_in_words=event_labels.get(kind, ""),
        layer=layer,
    )


# That a team is involved is told only where registering or accepting does not say so already.
# The two halves have keys of their own, even for contacts and odd for events, so that a page can
# begin between two things that happened at the same moment.
# Which reviews a contact `c` was, in the order of those it concerned.
REVIEWS = """(SELECT jsonb_agg(cp.review ORDER BY cp.first)
               FROM (SELECT review, min(listed) AS first FROM families_contactperson
                      WHERE contact_id = c.id AND review <> '' GROUP BY review) AS cp)"""
TIMELINE = f"""
WITH newest AS (
    (SELECT c.occurred_at AS at, c.id * 2 AS key, c.kind, c.ref, coalesce(u.name, '') AS by,
            t.name AS team,
            jsonb_build_object('outcome', c.outcome, 'reviews', {REVIEWS}, 'note', c.note,
                'tried', c.tried,
                'minutes', c.minutes, 'site', s.name, 'service', v.name) AS details,
            c.id AS contact, c.layer
       FROM families_contact c
       JOIN accounts_team t ON t.id = c.team_id
       LEFT JOIN accounts_user u ON u.id = c.by_id
       LEFT JOIN reference_data_site s ON s.id = c.site_id
       LEFT JOIN reference_data_service v ON v.id = c.service_id
      WHERE c.family_id = %(family)s
        AND {layer_is_open("c")}
        AND NOT EXISTS (
             SELECT FROM families_contactperson cp
              WHERE cp.contact_id = c.id AND cp.concerned
                AND NOT EXISTS (SELECT FROM families_person p
                                 WHERE p.id = cp.person_id AND {person_is_open("p")}))
        AND (%(at)s::timestamptz IS NULL
             OR (c.occurred_at <= %(at)s AND (c.occurred_at, c.id * 2) < (%(at)s, %(key)s)))
      ORDER BY c.occurred_at DESC, c.id DESC
      LIMIT %(most)s)
    UNION ALL
    (SELECT e.at, e.id * 2 + 1, e.kind, e.subject_ref, e.by_name, coalesce(t.name, ''), e.details,
            NULL, 'shared'
       FROM audit_event e
       LEFT JOIN accounts_team t ON t.code = e.team_code AND e.team_code <> ''
      WHERE e.family_ref = %(ref)s AND e.kind = ANY(%(kinds)s)
        AND (e.kind <> 'family.team_involved' OR e.details->>'reason' = 'team_around_family')
        AND (%(at)s::timestamptz IS NULL
             OR (e.at <= %(at)s AND (e.at, e.id * 2 + 1) < (%(at)s, %(key)s)))
      ORDER BY e.at DESC, e.id DESC
      LIMIT %(most)s)
    ORDER BY at DESC, key DESC
    LIMIT %(most)s
)
SELECT at, key, kind, ref, by, team, details, coalesce(who.people, '[]'), coalesce(found.all, '[]'),
       newest.layer
  FROM newest
  LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object(
                  'name', {SHORT_NAME.format("p")},
                  'concerned', cp.concerned, 'present', cp.present) ORDER BY cp.listed) AS people
         FROM families_contactperson cp
         JOIN families_person p ON p.id = cp.person_id AND {person_is_open("p")}
        WHERE cp.contact_id = newest.contact
       ) who ON true
  LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('code', o.code, 'value', o.value,
                  'person', p.given_name) ORDER BY o.id) AS all
         FROM families_observation o
         JOIN families_person p ON p.id = o.person_id AND {person_is_open("p")}
        WHERE o.contact_id = newest.contact
       ) found ON true
 ORDER BY at DESC, key DESC
"""
