"""Pieces of SQL that several indicators share. Constants only: values are always parameters."""

# Nothing dated before a pregnancy began is a review of the child that came of it. It keeps the
# search for reviews to a window; a review misdated to before the birth still counts.
PREGNANCY = "280"

IS_A_CHILD = """EXISTS (
    SELECT FROM families_member AS child
     WHERE child.person_id = person.id AND child.role = 'child')"""


def turning(span: str) -> str:
    """Children whose birth date plus `span` falls in the period: (period, child, born_on, on_day).

    PostgreSQL clamps months to the last day of a shorter month. Those who died on or before the day
    are out. The bounds without clamping, four days wider, let the index on births be used.
    """
    return f"""
    SELECT period.code AS period, person.id AS child, person.birth_date AS born_on,
           (person.birth_date + interval '{span}')::date AS on_day
      FROM period
      JOIN families_person AS person
        ON person.birth_date BETWEEN (period.starts_on - interval '{span}')::date - 4
                                 AND (period.ends_on - interval '{span}')::date + 4
       AND (person.birth_date + interval '{span}')::date
               BETWEEN period.starts_on AND period.ends_on
     WHERE person.birth_date BETWEEN (%(first)s::date - interval '{span}')::date - 4
                                 AND (%(last)s::date - interval '{span}')::date + 4
       AND (person.died_on IS NULL
            OR person.died_on > (person.birth_date + interval '{span}')::date)
       AND {IS_A_CHILD}"""


def attended_reviews(review: str, span: str) -> str:
    """Attended reviews of one kind, dated so that children turning `span` may have had them:
    (child, held_on)."""
    return f"""
    SELECT named.person_id AS child, contact.occurred_on AS held_on
      FROM families_contact AS contact
      JOIN families_contactperson AS named ON named.contact_id = contact.id AND named.concerned
     WHERE contact.review = '{review}' AND contact.outcome = 'attended'
       AND contact.occurred_on
           BETWEEN (%(first)s::date - interval '{span}')::date - 4 - {PREGNANCY} AND %(last)s"""


def reviewed(review: str, span: str, met: str) -> str:
    """Children turning `span`, and whether `met`, a condition on their reviews held by that day.

    `met` reads `seen.born_on` and `seen.first_on`, the day of the first such review if any.
    """
    return f"""
    WITH cohort AS ({turning(span)}), review AS ({attended_reviews(review, span)})
    SELECT seen.period, seen.child AS unit, seen.child AS resident_id, seen.on_day,
           coalesce({met}, false) AS met, true AS known
      FROM (
        SELECT cohort.period, cohort.child, cohort.born_on, cohort.on_day,
               min(review.held_on) AS first_on
          FROM cohort
          LEFT JOIN review
            ON review.child = cohort.child
           AND review.held_on BETWEEN cohort.born_on - {PREGNANCY} AND cohort.on_day
         GROUP BY cohort.period, cohort.child, cohort.born_on, cohort.on_day
      ) AS seen"""


def latest(code: str, person: str, by: str = "%(as_at)s", since: str = "'-infinity'") -> str:
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
