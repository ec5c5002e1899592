"""What is kept from a reader of a family's record, told to those who may know that it is.

An entry that another agency keeps to itself leaves a line for everybody. One for named people, or
about somebody who is here for named people only, leaves a line for the lead practitioner and for
managers of the team that wrote it, so that somebody can always say that there is something. Nobody
else finds a trace. Looking for what is hidden means looking past row-level security: this is the
place.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.http import Http404
from django.utils import timezone

from families.access.rules import leads
from families.models import Contact, Family, Involvement, Layer
from families.models.people import person_is_open
from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from leap.core.rls.expressions import layer_is_open
from leap.core.rls.session import bypass_rls


@dataclass(frozen=True)
class RestrictedPeople:
    """An entry that the reader may know of and not read: its day, and whom to ask."""

    key: int
    on: date
    layer: str
    agency: str
    team: str
    telephone: str
    ref: str  # where the reader may change who sees it, else blank

    is_kept = True

    @property
    def at(self) -> datetime:
        """The day's first moment: not when it happened, which is kept as well."""
        return timezone.make_aware(datetime.combine(self.on, datetime.min.time()))

    @property
    def title(self) -> str:
        if self.layer == Layer.AGENCY:
            return f"An entry kept within {self.agency}"
        return "An entry for named people only"


@dataclass(frozen=True)
class Hidden:
    """Lines for a page of the timeline, and how many entries each team keeps from the reader."""

    lines: list[RestrictedPeople] = field(default_factory=list)
    of_teams: dict[int, int] = field(default_factory=dict)
    people: int = 0  # who are in the family for other named people only


def hidden_from(
    family: Family, user: User, *, at: datetime | None = None, key: int = 0, most: int
) -> Hidden:
    """What `user` may know to be hidden in this family's record, in one statement."""
    why = "to say that something is hidden, to those who may know"
    with bypass_rls(why), connection.cursor() as cursor:
        cursor.execute(HIDDEN, hidden_parameters(family, user, at=at, key=key, most=most))
        return hidden_from_row(*cursor.fetchone())


def hidden_parameters(
    family: Family, user: User, *, at: datetime | None, key: int, most: int
) -> dict[str, Any]:
    """What HIDDEN is asked with."""
    return {
        "family": family.pk,
        "me": user.pk,
        "agencies": user.agency_ids,
        "managed": user.team_ids_with(Capability.CHANGE_LAYERS),
        "lead": family.lead_practitioner_id == user.pk,
        "knows_people": knows_of_people(family, user),
        "today": timezone.localdate(),
        "at": at,
        "key": key,
        "most": most,
    }


def hidden_from_row(lines: str, teams: str, people: int) -> Hidden:
    """What HIDDEN answered."""
    return Hidden(
        lines=[
            RestrictedPeople(
                key=int(line["key"]),
                on=date.fromisoformat(line["on"]),
                layer=line["layer"],
                agency=line["agency"],
                team=line["team"],
                telephone=line["telephone"],
                ref=line["ref"],
            )
            for line in json.loads(lines)
        ],
        of_teams={int(team): count for team, count in json.loads(teams).items()},
        people=people,
    )


def entry_to_keep(family: Family, user: User, ref: str) -> Contact:
    """An entry whose audience `user` may change: one they can see, or one of a team they manage.

    Http404 for any other. A manager is told that it is there and when, not what it says.
    """
    with bypass_rls("a manager changes who may see an entry that is kept from them"):
        seen = family.contacts.in_layers_of(user).filter(ref=ref)
        teams = user.team_ids_with(Capability.CHANGE_LAYERS)
        theirs = family.contacts.filter(ref=ref, team__in=teams)
        contact = (seen | theirs).select_related("team", "by", "family").first()
    if contact is None:
        raise Http404
    return contact


def knows_of_people(family: Family, user: User) -> bool:
    """Whether this reader is told that somebody is in the family for named people only."""
    return leads(family, user)


HIDDEN = f"""
WITH hidden AS MATERIALIZED (
    SELECT c.id, CASE WHEN c.team_id = ANY(%(managed)s::bigint[]) THEN c.ref ELSE '' END AS ref,
           c.occurred_on, c.team_id, t.name AS team, t.telephone,
           CASE WHEN about.closed THEN 'restricted' ELSE c.layer END AS layer,
           (SELECT a.name FROM accounts_agency a WHERE a.id = c.agency_id) AS agency
      FROM families_contact c
      JOIN accounts_team t ON t.id = c.team_id
     CROSS JOIN LATERAL (SELECT EXISTS (
            SELECT FROM families_contactperson cp JOIN families_person p ON p.id = cp.person_id
             WHERE cp.contact_id = c.id AND cp.concerned AND NOT {person_is_open("p")}
           ) AS closed) about
     WHERE c.family_id = %(family)s
       AND ((c.layer = 'agency' AND NOT {layer_is_open("c")} AND NOT about.closed)
            OR ((%(lead)s OR c.team_id = ANY(%(managed)s::bigint[]))
                AND (about.closed OR (c.layer = 'restricted' AND NOT {layer_is_open("c")}))))
), line AS (
    SELECT h.*, h.id * 2 AS key
      FROM hidden h
     CROSS JOIN LATERAL (
            SELECT h.occurred_on::timestamp AT TIME ZONE 'Europe/London' AS at) day
     WHERE %(at)s::timestamptz IS NULL OR (day.at, h.id * 2) < (%(at)s, %(key)s)
     ORDER BY h.occurred_on DESC, h.id DESC
     LIMIT %(most)s
)
SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('key', key, 'on', occurred_on, 'layer', layer,
                   'agency', coalesce(agency, ''), 'team', team, 'telephone', telephone, 'ref', ref)
                   ORDER BY occurred_on DESC, id DESC), '[]') FROM line),
       (SELECT coalesce(jsonb_object_agg(team_id, entries), '{{}}')
          FROM (SELECT team_id, count(*) AS entries FROM hidden GROUP BY team_id) AS counted),
       (SELECT count(*) FROM families_member m JOIN families_person p ON p.id = m.person_id
         WHERE %(knows_people)s AND m.family_id = %(family)s AND NOT {person_is_open("p")}
           AND (m.left_on IS NULL OR m.left_on > %(today)s))
"""


@dataclass(frozen=True)
class RestrictedCaseload:
    """How many restricted families some teams lead, and who is named for any of them."""

    count: int = 0
    named: list[str] = field(default_factory=list)


def restricted_caseload(team_ids: list[int]) -> RestrictedCaseload:
    """For managers of the lead team: that there are such families, and whom to ask; never which."""
    with bypass_rls("a manager may know how many restricted families the team leads"):
        families = Family.objects.open().led_by(team_ids).exclude(restriction="")
        spells = Involvement.objects.live().filter(reason=Involvement.Reason.NAMED)
        rows = spells.filter(family__in=families).values_list("family", "practitioner__name")
        named = list(rows)
    return RestrictedCaseload(
        len({pk for pk, _ in named}), sorted({name or "" for _, name in named})
    )
