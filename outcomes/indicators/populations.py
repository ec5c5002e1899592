"""Pieces of SQL that several indicators share. Constants only: values are always parameters.

Windows are given to the database as plain dates (`first`, `last`), never through a join, so that it
can foresee how many rows they hold and choose its way accordingly.
"""

from outcomes.indicators.registry import Population

TURNING_56_DAYS = "children turning 56 days"  # the cohort of more than one population

IS_A_CHILD = """EXISTS (
    SELECT FROM families_member AS child
     WHERE child.person_id = person.id AND child.role = 'child')"""


def born_to_turn(span: str) -> tuple[str, str]:
    """The first and last birth dates that plus `span` fall between `first` and `last`.

    Months are clamped to the last day of a shorter one. `first` is the first of a month, where
    nothing is clamped. Of the two ways back from `last`, the later lands on the day wanted.
    """
    return (
        f"(%(first)s::date - interval '{span}')::date",
        f"greatest((%(last)s::date - interval '{span}')::date,"
        f" (%(last)s::date + 1 - interval '{span}')::date - 1)",
    )


def children_turning_sql(span: str) -> str:
    """Children whose birth date plus `span` is a day between `first` and `last`: (child, born_on,
    on_day). Those who died on or before the day are out."""
    earliest, latest_birth = born_to_turn(span)
    return f"""
    SELECT person.id AS child, person.birth_date AS born_on,
           (person.birth_date + interval '{span}')::date AS on_day
      FROM families_person AS person
     WHERE person.birth_date BETWEEN {earliest} AND {latest_birth}
       AND (person.died_on IS NULL
            OR person.died_on > (person.birth_date + interval '{span}')::date)
       AND {IS_A_CHILD}"""


def attended_reviews(review: str, span: str) -> str:
    """Attended reviews of one kind, each of the child it was of, dated so that children turning
    `span` may have had them: (child, held_on)."""
    earliest, _ = born_to_turn(span)
    return f"""
    SELECT named.person_id AS child, contact.occurred_on AS held_on
      FROM families_contact AS contact
      JOIN families_contactperson AS named ON named.contact_id = contact.id
     WHERE named.review = '{review}' AND contact.outcome = 'attended'
       AND contact.occurred_on BETWEEN {earliest} AND %(last)s"""


def reviewed_population(review: str, span: str) -> Population:
    """Children turning `span`, with `born_on` and `first_on`: the day of their first attended
    review of a kind held by then, if any."""
    return Population(f"""
    WITH cohort AS ({children_turning_sql(span)}), review AS ({attended_reviews(review, span)})
    SELECT cohort.child AS unit, cohort.child AS resident_id, cohort.on_day, cohort.born_on,
           min(review.held_on) AS first_on
      FROM cohort
      LEFT JOIN review
        ON review.child = cohort.child
       AND review.held_on BETWEEN cohort.born_on AND cohort.on_day
     GROUP BY cohort.child, cohort.born_on, cohort.on_day""")


# Whether a contact of somebody `named` is an attendance that is counted already: it was logged from
# that session, or is of the same service, site and day in London. One occasion counts once.
IS_AN_ATTENDANCE = """(
    (contact.session_ref <> '' OR contact.site_id IS NOT NULL AND contact.service_id IS NOT NULL)
    AND EXISTS (
        SELECT FROM leap_sites_attendance AS same
          JOIN leap_sites_session AS held ON held.id = same.session_id
         WHERE same.person_id = named.person_id AND same.status IN ('attended', 'walked_in')
           AND (held.ref = contact.session_ref
                OR held.site_id = contact.site_id AND held.service_id = contact.service_id
                   AND (lower(held.during) AT TIME ZONE 'Europe/London')::date
                       = contact.occurred_on)))"""
# Two contacts that were logged from one session are one occasion for whoever is named in both.
OCCASION = "coalesce(nullif(contact.session_ref, ''), contact.ref)"


def latest_value_sql(
    code: str, person: str, by: str = "%(as_at)s", since: str = "'-infinity'"
) -> str:
    """The latest value of one observation code about a person, of two on a day the later row."""
    return f"""
    SELECT found.value FROM families_observation AS found
     WHERE found.person_id = {person} AND found.code = '{code}'
       AND found.recorded_on BETWEEN {since} AND least({by}, %(as_at)s::date)
     ORDER BY found.recorded_on DESC, found.id DESC LIMIT 1"""


def is_named_as(role: str) -> str:
    """Whether someone named in a contact is that to the contact's family, or, not being a member of
    it, to any family. Reads `contact`, `named` and `home`: their membership there, if any."""
    return f"""
    CASE WHEN home.role IS NOT NULL THEN home.role {role}
         ELSE EXISTS (SELECT FROM families_member AS other
                       WHERE other.person_id = named.person_id AND other.role {role}) END"""


NAMED = """
      JOIN families_contactperson AS named ON named.contact_id = contact.id
      LEFT JOIN families_member AS home
        ON home.family_id = contact.family_id AND home.person_id = named.person_id"""
