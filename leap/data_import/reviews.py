"""Of whom a contact's review was: of those named in its row whose age it fits on its day."""

from families.reviews.schedule import BETWEEN_PREGNANCIES, COLUMNS, TABLE, fits_sql
from leap.data_import.closure import family_is_known_sql
from leap.data_import.formats import BY_FILE
from leap.data_import.matching import good, refuse, remark
from leap.data_import.staging import index, run, temporary

CONTACTS = BY_FILE["contacts.csv"]
_ON = "(d.occurred_at AT TIME ZONE 'Europe/London')::date"
_BORN = "coalesce(t.birth_date, p.birth_date)"
_DUE = "coalesce(t.due_date, p.due_date)"
_DIED = "coalesce(t.died_on, p.died_on)"

# A mother can have the antenatal contact alone, unless the family had a baby in the weeks before.
_IS_THE_MOTHER = f"""(review.before_birth
       AND (EXISTS (SELECT FROM member_here m WHERE m.family_id = d.family_id
                       AND m.person_id = k.id AND m.role = 'mother')
            OR EXISTS (SELECT FROM families_member m WHERE m.family_id = d.family_id
                          AND m.person_id = k.id AND m.role = 'mother'))
       AND NOT EXISTS (SELECT FROM born_here b WHERE b.family_id = d.family_id
                          AND b.born > {_ON} - {BETWEEN_PREGNANCIES.days} AND b.born <= {_ON}))"""


def find() -> None:
    """One row for each person whose review it was."""
    temporary(
        "born_here",
        """AS SELECT m.family_id, p.birth_date AS born FROM member_here m
             JOIN person_here p ON p.id = m.person_id
            WHERE m.role = 'child' AND p.birth_date IS NOT NULL
            UNION
           SELECT m.family_id, p.birth_date FROM families_member m
             JOIN families_person p ON p.id = m.person_id
            WHERE m.role = 'child' AND p.birth_date IS NOT NULL
              AND m.family_id IN (SELECT id FROM family_key WHERE NOT is_new)""",
    )
    index("born_here", "family_id")
    temporary(
        "contact_reviews",
        f"""AS WITH review {COLUMNS} AS (VALUES {TABLE})
            SELECT DISTINCT d.line, d.id AS contact_id, k.id AS person_id, d.review
              FROM contacts_here d
              JOIN review ON review.code = d.review
              JOIN contact_people n ON n.line = d.line AND n.concerned
              JOIN person_key k ON k.ref = n.person_ref
              LEFT JOIN person_here p ON p.id = k.id
              LEFT JOIN families_person t ON t.id = k.id
             WHERE {fits_sql("review", _BORN, _DUE, _DIED, _ON)} OR {_IS_THE_MOTHER}""",
    )
    index("contact_reviews", "line", "contact_id")


def check() -> None:
    """Say which rows' reviews fit nobody, and refuse those that contradict LEAP."""
    remark(FITS_NOBODY)
    refuse(DIFFERENT)


FITS_NOBODY = f"""
    SELECT '{CONTACTS.file}', d.line, 'review',
           concat('“', d.review, '” fits the age of nobody in person_refs on ', {_ON},
                  ', so this is taken in as an ordinary contact.')
      FROM contacts_here d
     WHERE d.review IS NOT NULL AND {good(CONTACTS)}
       AND NOT EXISTS (SELECT FROM contact_reviews r WHERE r.line = d.line)"""

DIFFERENT = f"""
    SELECT DISTINCT ON (r.line) '{CONTACTS.file}', r.line, 'review',
           concat(d.contact_ref, ' has “', t.review, '” in LEAP and “', r.review,
                  '” here. Correct the file, or the record in LEAP.')
      FROM contact_reviews r JOIN in_contacts d USING (line)
      JOIN families_contactperson t ON t.contact_id = r.contact_id AND t.person_id = r.person_id
     WHERE t.review <> '' AND t.review <> r.review
     ORDER BY r.line"""


def fill() -> None:
    """Fill in the reviews that LEAP has not."""
    run(FILL)


FILL = f"""
    WITH done AS (
        UPDATE families_contactperson t SET review = r.review
          FROM contact_reviews r JOIN contacts_here d USING (line)
         WHERE t.contact_id = r.contact_id AND t.person_id = r.person_id AND t.concerned
           AND t.review = '' AND NOT d.is_new AND {family_is_known_sql("d.family_id")}
        RETURNING t.contact_id)
    INSERT INTO filled (name, id) SELECT DISTINCT '{CONTACTS.name}', contact_id FROM done"""
