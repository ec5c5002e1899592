"""Whom the programme reaches, how often, and with whom present."""

from outcomes.indicators.declared import CONTACTS, PEOPLE, SESSIONS, Indicator
from outcomes.indicators.populations import IS_A_CHILD, NAMED, is_named_as

SUSTAINED = 3  # contacts and sessions in a period


def _reached(times: int) -> str:
    """Children under four on the last day of the period, and whether they came `times` in it."""
    return f"""
    WITH young AS (
        SELECT period.code AS period, person.id AS child, period.ends_on AS on_day
          FROM period
          JOIN families_person AS person
            ON person.birth_date BETWEEN (period.ends_on - interval '48 months')::date - 4
                                     AND period.ends_on
           AND (person.birth_date + interval '48 months')::date > period.ends_on
         WHERE person.birth_date BETWEEN (%(first)s::date - interval '48 months')::date - 4
                                     AND %(last)s
           AND (person.died_on IS NULL OR person.died_on > period.ends_on)
           AND {IS_A_CHILD}
    ), came AS (
        SELECT period.code AS period, named.person_id AS child
          FROM period
          JOIN families_contact AS contact
            ON contact.occurred_on BETWEEN period.starts_on AND period.ends_on
          JOIN families_contactperson AS named ON named.contact_id = contact.id
         WHERE contact.outcome = 'attended'
           AND contact.occurred_on BETWEEN %(first)s AND %(last)s
        UNION ALL
        SELECT period.code, attendance.person_id
          FROM period
          JOIN leap_sites_session AS session
            ON (lower(session.during) AT TIME ZONE 'Europe/London')::date
                   BETWEEN period.starts_on AND period.ends_on
          JOIN leap_sites_attendance AS attendance
            ON attendance.session_id = session.id
           AND attendance.status IN ('attended', 'walked_in')
    ), counted AS (
        SELECT period, child FROM came GROUP BY period, child HAVING count(*) >= {times}
    )
    SELECT young.period, young.child AS unit, young.child AS resident_id, young.on_day,
           counted.child IS NOT NULL AS met, true AS known
      FROM young
      LEFT JOIN counted ON counted.period = young.period AND counted.child = young.child"""


UNDER_FOUR = "Children under 4 on the last day of the period."
CAME = (
    "A contact counts for a child it concerned or who was there; a session for a child who attended"
    " or walked in.",
    "While a period is not over, its last day is the as-at date.",
)

REACH_CHILDREN = Indicator(
    code="reach_children",
    title="Children reached",
    why="A programme for every child in four wards must know whom it has not met.",
    numerator="Those with at least one attended contact, or session attended or walked into, in the"
    " period.",
    denominator=UNDER_FOUR,
    day="The last day of the period",
    unit="children",
    better="higher",
    sql=_reached(1),
    inputs=frozenset({PEOPLE, CONTACTS, SESSIONS}),
    source="A Better Start reach, counted by person",
    details=CAME,
)

REACH_SUSTAINED = Indicator(
    code="reach_sustained",
    title="Children reached three times or more",
    why="Once is an acquaintance. What changes lives is coming back.",
    numerator="Those with at least three attended contacts, or sessions attended or walked into, in"
    " the period.",
    denominator=UNDER_FOUR,
    day="The last day of the period",
    unit="children",
    better="higher",
    sql=_reached(SUSTAINED),
    inputs=frozenset({PEOPLE, CONTACTS, SESSIONS}),
    source="A Better Start reach, counted by person",
    details=CAME,
)


def _of_contacts(outcomes: str, columns: str) -> str:
    """Contacts in the period that concern a child, each with the first child listed."""
    return f"""
    SELECT DISTINCT ON (period.code, contact.id)
           period.code AS period, contact.id AS unit, named.person_id AS resident_id,
           contact.occurred_on AS on_day, {columns}
      FROM period
      JOIN families_contact AS contact
        ON contact.occurred_on BETWEEN period.starts_on AND period.ends_on
      {NAMED}
     WHERE contact.outcome IN ({outcomes}) AND named.concerned
       AND contact.occurred_on BETWEEN %(first)s AND %(last)s
       AND {is_named_as("= 'child'")}
     ORDER BY period.code, contact.id, named.listed, named.id"""


_A_FATHER_WAS_THERE = f"""
    EXISTS (SELECT FROM families_contactperson AS named
              JOIN families_person AS person ON person.id = named.person_id
              LEFT JOIN families_member AS home
                ON home.family_id = counted.family_id AND home.person_id = named.person_id
             WHERE named.contact_id = counted.unit AND named.present
               AND ({is_named_as("= 'father'")}
                    OR person.sex = 'male' AND {is_named_as("NOT IN ('child', 'unborn')")}))"""

FATHER_PRESENT = Indicator(
    code="father_present",
    title="A father or male carer was there",
    why="Fathers are supported in their own right, and are the easiest to miss.",
    numerator="Those where someone present was a father, or another carer who is male.",
    denominator="Attended contacts in the period that concerned a child.",
    day="The day of the contact",
    unit="contacts",
    better="higher",
    sql=f"""
    WITH counted AS ({_of_contacts("'attended'", "contact.family_id")})
    SELECT counted.period, counted.unit, counted.resident_id, counted.on_day,
           {_A_FATHER_WAS_THERE} AS met, true AS known
      FROM counted""",
    inputs=frozenset({PEOPLE, CONTACTS}),
    source="LEAP definition",
    details=(
        "A contact counts once, in the ward of the first child listed.",
        "Somebody is a father, or a child, by their place in the contact’s family; when not a"
        " member of it, by their place in any other.",
    ),
)

WAS_NOT_BROUGHT = Indicator(
    code="was_not_brought",
    title="Children not brought",
    why="A child who is expected and missed is often the first sign that a family is struggling.",
    numerator="Those where the child was not brought.",
    denominator="Contacts in the period that concerned a child and were attended, not brought or no"
    " access.",
    day="The day of the contact",
    unit="contacts",
    better="lower",
    sql=_of_contacts(
        "'attended', 'was_not_brought', 'no_access'",
        "contact.outcome = 'was_not_brought' AS met, true AS known",
    ),
    inputs=frozenset({PEOPLE, CONTACTS}),
    source="LEAP definition",
    details=(
        "Cancelled contacts are not counted.",
        "A contact counts once, in the ward of the first child listed.",
    ),
)

INDICATORS = (REACH_CHILDREN, REACH_SUSTAINED, FATHER_PRESENT, WAS_NOT_BROUGHT)
