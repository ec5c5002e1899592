"""How many different people were registered, reached and reached again: each counted once.

A reach figure means nothing without its unit, its period, its definition, how people were kept from
being counted twice, and the day it was counted. All of these are printed beside it.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from leap.core.reference_data.models import AREAS, LEAP, LEAP_WARDS
from leap.core.ui.formatting import short_day
from outcomes import disclosure
from outcomes.calculation import counting
from outcomes.disclosure import AtLeast, Cell, Numbers, SumOfCells
from outcomes.indicators.populations import IS_AN_ATTENDANCE, OCCASION
from outcomes.indicators.reach import SUSTAINED
from outcomes.periods import Period
from outcomes.reports.schema import Number, Reach, ReachRow, Term

OUTSIDE, NOT_KNOWN = "OUTSIDE", "NOT_KNOWN"
PLACES = {LEAP: AREAS[LEAP], **LEAP_WARDS}
PLACES |= {OUTSIDE: "Outside the four wards", NOT_KNOWN: "Ward not known"}
GROUPS = {False: "Children of any age", True: "Adults"}
STATES = ("registered", "reached", "sustained")

TERMS = (
    Term(
        term="Registered",
        meaning="People in a family whose record was open on at least one day of the period, or who"
        " were reached in it.",
    ),
    Term(
        term="Reached",
        meaning="People with at least one attended contact, or session attended or walked"
        " into, in the period. Each person counts once, however many services they met, and a"
        " contact at a session is that attendance.",
    ),
    Term(
        term="Sustained",
        meaning="People with three or more such contacts and sessions in the period.",
    ),
    Term(
        term="Children and adults",
        meaning="Children are those recorded as a child of a family and born by the end of the"
        " period, whatever their age. Adults are mothers, fathers and other carers; a young mother"
        " is an adult. Unborn babies are not counted.",
    ),
    Term(
        term="Children under 4",
        meaning="The indicator “Children under 4 reached” counts other children, so its number is"
        " another one: those under 4 on the last day of the period, where they lived on that day.",
    ),
    Term(
        term="Area",
        meaning="The 2011 ward of the person’s home at their first contact or session in the"
        " period; for those not reached, on its last day. People outside the four wards, and"
        " people whose ward is not known, are counted apart and are not in LEAP.",
    ),
    Term(
        term="No double counting",
        meaning="People are counted in one shared record across all services and agencies, so the"
        " numbers of single services do not add up to these.",
    ),
)

# A contact counts for everybody it concerned or who was there, and a home as elsewhere: the latest
# move on or before the day, a blank one from birth, of two on one day the first listed.
COUNTED = f"""
WITH came AS (
    SELECT DISTINCT named.person_id, contact.occurred_on AS on_day, {OCCASION} AS occasion
      FROM families_contact AS contact
      JOIN families_contactperson AS named ON named.contact_id = contact.id
     WHERE contact.outcome = 'attended' AND contact.occurred_on BETWEEN %(first)s AND %(last)s
       AND NOT {IS_AN_ATTENDANCE}
    UNION ALL
    SELECT attendance.person_id, (lower(session.during) AT TIME ZONE 'Europe/London')::date,
           session.ref
      FROM leap_sites_session AS session
      JOIN leap_sites_attendance AS attendance
        ON attendance.session_id = session.id AND attendance.status IN ('attended', 'walked_in')
     WHERE (lower(session.during) AT TIME ZONE 'Europe/London')::date
           BETWEEN %(first)s AND %(last)s
), met AS (
    SELECT person_id, count(*) AS times, min(on_day) AS first_on FROM came GROUP BY person_id
), registered AS (
    SELECT member.person_id
      FROM families_member AS member
      JOIN families_family AS family ON family.id = member.family_id
     WHERE (family.opened_at AT TIME ZONE 'Europe/London')::date <= %(last)s
       AND (family.closed_at IS NULL
            OR (family.closed_at AT TIME ZONE 'Europe/London')::date >= %(first)s)
       AND (member.joined_on IS NULL OR member.joined_on <= %(last)s)
       AND (member.left_on IS NULL OR member.left_on >= %(first)s)
    UNION
    SELECT person_id FROM met
), unit AS (
    SELECT person.id AS resident_id, coalesce(met.first_on, %(last)s) AS on_day,
           coalesce(met.times, 0) AS times,
           EXISTS (SELECT FROM families_member AS carer
                    WHERE carer.person_id = person.id
                      AND carer.role NOT IN ('child', 'unborn')) AS is_adult
      FROM registered
      JOIN families_person AS person ON person.id = registered.person_id
      LEFT JOIN met ON met.person_id = person.id
     WHERE (person.birth_date <= %(last)s
            OR person.birth_date IS NULL AND person.due_date IS NULL)
       AND (person.died_on IS NULL OR person.died_on >= %(first)s)
), home AS (
    SELECT DISTINCT ON (unit.resident_id) unit.resident_id, postcode.ward_2011
      FROM unit
      JOIN families_person AS lives ON lives.id = unit.resident_id
      JOIN families_residence AS residence
        ON residence.person_id = unit.resident_id
       AND (residence.moved_in_on IS NULL OR residence.moved_in_on <= unit.on_day)
      JOIN reference_data_postcode AS postcode ON postcode.id = residence.postcode_id
     ORDER BY unit.resident_id,
              coalesce(residence.moved_in_on, lives.birth_date, '-infinity') DESC,
              residence.listed, residence.id
)
SELECT is_adult,
       CASE WHEN home.ward_2011 = ANY(%(wards)s) THEN home.ward_2011
            WHEN coalesce(home.ward_2011, '') = '' THEN '{NOT_KNOWN}'
            ELSE '{OUTSIDE}' END AS area,
       count(*), count(*) FILTER (WHERE times > 0), count(*) FILTER (WHERE times >= {SUSTAINED})
  FROM unit LEFT JOIN home ON home.resident_id = unit.resident_id
 GROUP BY is_adult, area"""

Counted = dict[tuple[bool, str], list[int]]  # adult or not, and area: one count for each state


def count(period: Period, as_at: date) -> Counted:
    """The exact numbers, for every group and area, nobody included."""
    values: dict[str, Any] = {
        "first": period.starts_on,
        "last": period.ends_by(as_at),
        "wards": list(LEAP_WARDS),
    }
    rows = counting.fetch(COUNTED, values)
    counts_by_group = {(is_adult, area): numbers for is_adult, area, *numbers in rows}
    counted: Counted = {
        (group, area): counts_by_group.get((group, area), [0, 0, 0])
        for group in GROUPS
        for area in PLACES
    }
    for group in GROUPS:
        wards = [counted[group, ward] for ward in LEAP_WARDS]
        counted[group, LEAP] = [sum(numbers) for numbers in zip(*wards, strict=True)]
    return counted


def gather(period: Period, as_at: date, counted_on: date) -> Reach:
    """Reach as it may leave the partnership."""
    counted = count(period, as_at)
    return Reach(
        counted_on=short_day(counted_on),
        up_to=short_day(period.ends_by(as_at)),
        terms=list(TERMS),
        rows=[row for group in GROUPS for row in _rows(group, counted)],
    )


def _rows(group: bool, counted: Counted) -> Iterator[ReachRow]:
    # The counts to hide, by state and area: the small, and those from which they could be worked
    # out. LEAP is its wards together; whoever is sustained was reached, and whoever was reached
    # is registered.
    counts: dict[Cell, Numbers] = {
        (state, area): (number,)
        for area in PLACES
        for state, number in zip(STATES, counted[group, area], strict=True)
    }
    table = disclosure.CellTable(
        counts,
        lines=[
            SumOfCells((state, LEAP), tuple((state, ward) for ward in LEAP_WARDS))
            for state in STATES
        ],
        comparisons=[
            AtLeast(more=((more, area),), less=((less, area),))
            for more, less in pairwise(STATES)
            for area in PLACES
        ],
    )
    hidden = disclosure.protect(table)
    for area, name in PLACES.items():
        row_numbers = [
            Number(count=None, note=disclosure.CONFIDENTIAL)
            if (state, area) in hidden
            else Number(count=disclosure.round_count(number), note="")
            for state, number in zip(STATES, counted[group, area], strict=True)
        ]
        yield ReachRow(
            group=GROUPS[group],
            area_code=area,
            area_name=name,
            registered=row_numbers[0],
            reached=row_numbers[1],
            sustained=row_numbers[2],
        )
