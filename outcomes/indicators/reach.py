"""Whom the programme reaches, how often, and with whom present."""

from leap.core.audit.kinds import CONTACTS, PEOPLE, SESSIONS
from outcomes.indicators.populations import (
    IS_A_CHILD,
    IS_AN_ATTENDANCE,
    NAMED,
    OCCASION,
    is_named_as,
)
from outcomes.indicators.registry import (
    DENOMINATOR,
    NUMERATOR,
    Comparison,
    Indicator,
    Population,
    part_of,
)

SUSTAINED = 3  # contacts and sessions in a period

# Children under four on the last day of the period, and how many `times` they came in it.
YOUNG = Population(
    f"""
    WITH young AS (
        SELECT period.code AS period, person.id AS child, period.ends_on AS on_day
          FROM period
          JOIN families_person AS person
            ON person.birth_date BETWEEN (period.ends_on - interval '48 months')::date - 4
                                     AND period.ends_on
         WHERE (person.birth_date + interval '48 months')::date > period.ends_on
           AND (person.died_on IS NULL OR person.died_on > period.ends_on)
           AND {IS_A_CHILD}
    ), came AS (
        SELECT DISTINCT calendar.period, named.person_id AS child, {OCCASION} AS occasion
          FROM families_contact AS contact
          JOIN calendar ON calendar.day = contact.occurred_on
          JOIN families_contactperson AS named ON named.contact_id = contact.id
         WHERE contact.outcome = 'attended'
           AND contact.occurred_on BETWEEN %(first)s AND %(last)s
           AND NOT {IS_AN_ATTENDANCE}
        UNION ALL
        SELECT calendar.period, attendance.person_id, session.ref
          FROM leap_sites_session AS session
          JOIN calendar
            ON calendar.day = (lower(session.during) AT TIME ZONE 'Europe/London')::date
          JOIN leap_sites_attendance AS attendance
            ON attendance.session_id = session.id
           AND attendance.status IN ('attended', 'walked_in')
    ), counted AS (
        SELECT period, child, count(*) AS times FROM came GROUP BY period, child
    )
    SELECT young.period, young.child AS unit, young.child AS resident_id, young.on_day,
           counted.times
      FROM young
      LEFT JOIN counted ON counted.period = young.period AND counted.child = young.child""",
    per_period=True,
    on_last_day=True,
)
# Contacts with a child, in the ward of the first child listed; of several with a family that were
# logged from one session the first.
OF_A_CHILD = Population(f"""
    SELECT contact.id AS unit, contact.occurred_on AS on_day, contact.outcome,
           (min(ARRAY[named.listed, named.id, named.person_id])
                FILTER (WHERE named.concerned AND {is_named_as("= 'child'")}))[3] AS resident_id,
           bool_or(named.present
                   AND ({is_named_as("= 'father'")}
                        OR person.sex = 'male' AND {is_named_as("NOT IN ('child', 'unborn')")})
                  ) AS with_a_father
      FROM families_contact AS contact
      {NAMED}
      JOIN families_person AS person ON person.id = named.person_id
     WHERE contact.outcome IN ('attended', 'was_not_brought', 'no_access')
       AND contact.occurred_on BETWEEN %(first)s AND %(last)s
       AND NOT (contact.session_ref <> '' AND EXISTS (
           SELECT FROM families_contact AS first
            WHERE first.session_ref = contact.session_ref AND first.id < contact.id
              AND first.family_id = contact.family_id AND first.outcome = contact.outcome))
     GROUP BY contact.id
    HAVING bool_or(named.concerned AND {is_named_as("= 'child'")})""")

UNDER_FOUR = "Children under 4 on the last day of the period."
CAME = (
    "A contact counts for a child it concerned or who was there; a session for a child who attended"
    " or walked in.",
    "One occasion counts once: a contact logged from a session, or with the same child, service,"
    " site and day as an attendance, is that attendance.",
    "While a period is not over, its last day is the as-at date.",
)

REACH_CHILDREN = Indicator(
    code="reach_children",
    title="Children under 4 reached",
    why="A programme for every child in four wards must know whom it has not met.",
    numerator="Those with at least one attended contact, or session attended or walked into, in the"
    " period.",
    denominator=UNDER_FOUR,
    day="The last day of the period",
    unit="children",
    better="higher",
    population=YOUNG,
    numerator_sql="times >= 1",
    inputs=frozenset({PEOPLE, CONTACTS, SESSIONS}),
    source="A Better Start reach, counted by person",
    details=CAME,
)

REACH_SUSTAINED = Indicator(
    code="reach_sustained",
    title="Children under 4 reached three times or more",
    why="Once is an acquaintance. What changes lives is coming back.",
    numerator="Those with at least three attended contacts, or sessions attended or walked into, in"
    " the period.",
    denominator=UNDER_FOUR,
    day="The last day of the period",
    unit="children",
    better="higher",
    population=YOUNG,
    numerator_sql=f"times >= {SUSTAINED}",
    inputs=frozenset({PEOPLE, CONTACTS, SESSIONS}),
    source="A Better Start reach, counted by person",
    details=CAME,
)


FATHER_PRESENT = Indicator(
    code="father_present",
    title="A father or male carer was there",
    why="Fathers are supported in their own right, and are the easiest to miss.",
    numerator="Those where someone present was a father, or another carer who is male.",
    denominator="Attended contacts in the period that concerned a child.",
    day="The day of the contact",
    unit="contacts",
    better="higher",
    population=OF_A_CHILD,
    denominator_sql="outcome = 'attended'",
    numerator_sql="with_a_father",
    inputs=frozenset({PEOPLE, CONTACTS}),
    source="LEAP definition",
    details=(
        "A contact counts once, in the ward of the first child listed; so do several with one"
        " family that were logged from one session.",
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
    population=OF_A_CHILD,
    numerator_sql="outcome = 'was_not_brought'",
    inputs=frozenset({PEOPLE, CONTACTS}),
    source="LEAP definition",
    details=(
        "Cancelled contacts are not counted.",
        "A contact counts once, in the ward of the first child listed.",
    ),
)

INDICATORS = (REACH_CHILDREN, REACH_SUSTAINED, FATHER_PRESENT, WAS_NOT_BROUGHT)
# A contact is attended, or the child was not brought, or nobody was at home.
COMPARISONS = (
    part_of(REACH_SUSTAINED, REACH_CHILDREN),
    Comparison(
        less=((WAS_NOT_BROUGHT.code, NUMERATOR), (FATHER_PRESENT.code, DENOMINATOR)),
        more=((WAS_NOT_BROUGHT.code, DENOMINATOR),),
    ),
)
