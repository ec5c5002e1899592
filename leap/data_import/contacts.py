"""Contacts, whom they concerned, and what was found: checked, then loaded."""

from dataclasses import replace

from families.models import Contact
from families.reviews.schedule import PREGNANCY
from leap.data_import import contradictions, reviews
from leap.data_import.closure import family_is_known_sql, person_comes
from leap.data_import.formats import BY_FILE
from leap.data_import.keys import make_unlike, new_ref
from leap.data_import.matching import (
    Entity,
    KnownRecord,
    fill,
    linked,
    moment,
    plain,
    refuse,
    refuse_different,
    refuse_unknown,
    words,
)
from leap.data_import.reference_data import SERVICE, SITE, TEAM
from leap.data_import.staging import Params, bring, index, run, temporary, view

CONTACTS, OBSERVATIONS = BY_FILE["contacts.csv"], BY_FILE["observations.csv"]

FAMILY_KEY = KnownRecord("family", "family_key", "ref", "people.csv or families.csv")
PERSON_KEY = KnownRecord("person", "person_key", "ref", "people.csv")
CONTACT_KEY = KnownRecord("contact", "contact_key", "ref", "contacts.csv")
# A note is nobody's business but the family's and those who work with it.
A_NOTE = "'a note of ' || char_length({}) || ' characters'"

CONTACT = Entity(
    CONTACTS,
    "contacts_here",
    "families_contact",
    "d.contact_ref",
    (
        linked("family_ref", "family_id", "families_family", "ref"),
        linked("team", "team_id", "accounts_team"),
        words("kind"),
        moment("occurred_at"),
        words("outcome"),
        linked("service", "service_id", "reference_data_service"),
        linked("site", "site_id", "reference_data_site"),
        plain("minutes"),
        replace(words("note"), quote=A_NOTE),
    ),
)


def name_people() -> None:
    """One row for each person a contact names: concerned, present, or both; in the order named."""
    temporary(
        "contact_people",
        """AS SELECT c.line, c.contact_ref, named.ref AS person_ref, min(named.place) AS place,
                  bool_or(NOT named.there) AS concerned, bool_or(named.there) AS present
             FROM in_contacts c
            CROSS JOIN LATERAL (
                SELECT ref, place, false FROM unnest(string_to_array(c.person_refs, ';'))
                  WITH ORDINALITY AS concerned (ref, place)
                 UNION ALL
                SELECT ref, place + 100000, true FROM unnest(string_to_array(c.present, ';'))
                  WITH ORDINALITY AS present (ref, place)) AS named (ref, place, there)
            GROUP BY c.line, c.contact_ref, named.ref""",
    )
    index("contact_people", "line", "person_ref")


def lay_out() -> None:
    """The staged rows with the keys of all they refer to."""
    view(
        "contacts_here",
        """SELECT d.*, k.id, k.is_new, k.public_ref, f.id AS family_id, t.id AS team_id,
                  s.id AS service_id, p.id AS site_id
             FROM in_contacts d
             LEFT JOIN contact_key k ON k.ref = d.contact_ref
             LEFT JOIN family_key f ON f.ref = d.family_ref
             LEFT JOIN accounts_team t ON t.code = d.team
             LEFT JOIN reference_data_service s ON s.code = d.service
             LEFT JOIN reference_data_site p ON p.code = d.site""",
    )
    view(
        "observations_here",
        """SELECT d.*, k.id AS person_id, c.id AS contact_id FROM in_observations d
             LEFT JOIN person_key k ON k.ref = d.person_ref
             LEFT JOIN contact_key c ON c.ref = d.contact_ref""",
    )


def check() -> None:
    """Refuse rows that name what is unknown, or contradict LEAP."""
    refuse_unknown(CONTACTS, "family_ref", FAMILY_KEY)
    refuse_unknown(CONTACTS, "team", TEAM)
    refuse_unknown(CONTACTS, "service", SERVICE)
    refuse_unknown(CONTACTS, "site", SITE)
    refuse(STRANGERS)
    refuse_different(CONTACT)
    refuse(CLOSED)
    refuse(NOBODY_THERE)
    refuse(NOT_EXPECTED_YET)
    _check_people()
    reviews.find()
    reviews.check()
    refuse_unknown(OBSERVATIONS, "person_ref", PERSON_KEY)
    refuse_unknown(OBSERVATIONS, "contact_ref", CONTACT_KEY)
    refuse(BEFORE_BIRTH)
    refuse(NOTHING_MEASURED)
    contradictions.check()


STRANGERS = f"""
    SELECT '{CONTACTS.file}', n.line, CASE WHEN n.concerned THEN 'person_refs' ELSE 'present' END,
           concat('“', n.person_ref, '” is not a person that LEAP knows, nor in people.csv.')
      FROM contact_people n
     WHERE NOT EXISTS (SELECT FROM person_key k WHERE k.ref = n.person_ref)"""

CLOSED = f"""
    SELECT '{CONTACTS.file}', d.line, 'family_ref',
           concat('the record of ', d.family_ref, ' is closed. Reopen it in LEAP first.')
      FROM contacts_here d JOIN families_family f ON f.id = d.family_id
     WHERE f.closed_at IS NOT NULL AND d.is_new"""

NOBODY_THERE = f"""
    SELECT '{CONTACTS.file}', d.line, 'present',
           concat('the outcome is “', d.outcome, '”: nobody was there. Leave this blank, or',
                  ' correct the outcome.')
      FROM in_contacts d
     WHERE d.outcome <> '{Contact.Outcome.ATTENDED}' AND d.present IS NOT NULL"""

NOT_EXPECTED_YET = f"""
    SELECT DISTINCT ON (d.line) '{CONTACTS.file}', d.line, 'occurred_at',
           concat(n.person_ref, ' was not expected yet on ', d.occurred_at::date,
                  ': born or due on ', whose.born, '. Check both.')
      FROM in_contacts d
      JOIN contact_people n ON n.line = d.line AND n.concerned
      JOIN person_key k ON k.ref = n.person_ref
      LEFT JOIN person_here p ON p.id = k.id
      LEFT JOIN families_person t ON t.id = k.id
     CROSS JOIN LATERAL (SELECT coalesce(t.birth_date, p.birth_date, t.due_date, p.due_date) AS born
     ) AS whose
     WHERE d.occurred_at < whose.born - {PREGNANCY.days}"""

NOTHING_MEASURED = f"""
    SELECT '{OBSERVATIONS.file}', d.line, 'contact_ref',
           concat('the outcome of ', d.contact_ref, ' is “', coalesce(c.outcome, t.outcome),
                  '”: nothing was measured at it. Leave this blank, or correct the outcome.')
      FROM observations_here d
      LEFT JOIN in_contacts c ON c.contact_ref = d.contact_ref
      LEFT JOIN families_contact t ON t.id = d.contact_id
     WHERE coalesce(c.outcome, t.outcome) <> '{Contact.Outcome.ATTENDED}'"""

BEFORE_BIRTH = f"""
    SELECT '{OBSERVATIONS.file}', d.line, 'recorded_on',
           concat(d.recorded_on, ' is before the birth, ',
                  coalesce(t.birth_date, p.birth_date), '.')
      FROM observations_here d
      LEFT JOIN person_here p ON p.id = d.person_id
      LEFT JOIN families_person t ON t.id = d.person_id
     WHERE d.recorded_on < coalesce(t.birth_date, p.birth_date)"""


def _check_people() -> None:
    """A contact that LEAP has concerns whom it did, in that order, with the same people present."""
    temporary(
        "contact_known",
        """AS SELECT d.line, d.id, d.contact_ref, here.*, there.* FROM contacts_here d
             JOIN families_contact t ON t.id = d.id
            CROSS JOIN LATERAL (
                SELECT array_agg(id ORDER BY place) FILTER (WHERE concerned) AS concerned,
                       array_agg(id ORDER BY id) FILTER (WHERE present) AS present
                  FROM (SELECT k.id, min(n.place) AS place, bool_or(n.concerned) AS concerned,
                               bool_or(n.present) AS present
                          FROM contact_people n JOIN person_key k ON k.ref = n.person_ref
                         WHERE n.line = d.line GROUP BY k.id) AS once) AS here
            CROSS JOIN LATERAL (
                SELECT array_agg(p.person_id ORDER BY p.listed) FILTER (WHERE p.concerned)
                           AS concerned_there,
                       array_agg(p.person_id ORDER BY p.person_id) FILTER (WHERE p.present)
                           AS present_there
                  FROM families_contactperson p WHERE p.contact_id = d.id) AS there""",
    )
    index("contact_known", "id")
    for place, column in (("person_refs", "concerned"), ("present", "present")):
        names = f"""(SELECT string_agg(coalesce(nullif(p.source_ref, ''), p.ref), ';')
                       FROM unnest(d.{column}_there) AS id JOIN families_person p USING (id))"""
        refuse(f"""
            SELECT '{CONTACTS.file}', d.line, '{place}',
                   concat(d.contact_ref, ' has “', {names}, '” in LEAP and “', c.{place},
                          '” here. Correct the file, or the record in LEAP.')
              FROM contact_known d JOIN in_contacts c USING (line)
             WHERE d.{column} <> d.{column}_there""")


def load(params: Params) -> dict[str, int]:
    """Load contacts and observations; how many of each were new."""
    fill(CONTACT, family_is_known_sql("d.family_id"))
    run(FILL_PEOPLE)
    reviews.fill()
    contacts = bring("families_contact", NEW_CONTACTS, params)
    bring("families_contactperson", NEW_CONTACT_PEOPLE)
    run(LATEST_CONTACT)
    return {"contacts": contacts, "observations": _load_observations(params)}


NEW_CONTACTS = f"""
    INSERT INTO families_contact (id, ref, family_id, team_id, kind, occurred_at, outcome,
                                  service_id, site_id, minutes, note, recorded_at, source,
                                  source_ref)
    SELECT id, public_ref, family_id, team_id, kind, occurred_at, outcome,
           service_id, site_id, minutes, coalesce(note, ''), %(now)s, %(source)s, contact_ref
      FROM contacts_here d
     WHERE is_new AND {family_is_known_sql("d.family_id")} ORDER BY line"""

NEW_CONTACT_PEOPLE = f"""
    INSERT INTO families_contactperson (contact_id, person_id, concerned, present, listed, review)
    SELECT d.id, k.id, bool_or(n.concerned), bool_or(n.present),
           row_number() OVER (PARTITION BY d.id ORDER BY min(n.place)) - 1,
           coalesce(min(r.review), '')
      FROM contact_people n JOIN contacts_here d USING (line)
      JOIN person_key k ON k.ref = n.person_ref
      LEFT JOIN contact_reviews r ON r.line = d.line AND r.person_id = k.id
     WHERE d.is_new AND {family_is_known_sql("d.family_id")}
     GROUP BY d.line, d.id, k.id ORDER BY d.line, min(n.place)"""

# Who was concerned or present, where LEAP has nobody as such.
FILL_PEOPLE = f"""
    WITH blank AS (
        SELECT c.id, n.place, k.id AS person_id,
               n.concerned AND c.concerned_there IS NULL AS concerned,
               n.present AND c.present_there IS NULL AS present
          FROM contact_known c JOIN contacts_here d USING (line)
          JOIN contact_people n USING (line) JOIN person_key k ON k.ref = n.person_ref
         WHERE {family_is_known_sql("d.family_id")}
    ), done AS (
        INSERT INTO families_contactperson AS t (contact_id, person_id, concerned, present, listed)
        SELECT id, person_id, concerned, present,
               1000 + row_number() OVER (PARTITION BY id ORDER BY place)
          FROM blank WHERE concerned OR present
        ON CONFLICT (contact_id, person_id) DO UPDATE
           SET concerned = t.concerned OR EXCLUDED.concerned,
               present = t.present OR EXCLUDED.present
        RETURNING contact_id)
    INSERT INTO filled (name, id) SELECT DISTINCT '{CONTACTS.name}', contact_id FROM done"""

LATEST_CONTACT = f"""
    UPDATE families_family f SET last_contact_at = greatest(f.last_contact_at, latest.at)
      FROM (SELECT family_id, max(occurred_at) AS at FROM contacts_here d
             WHERE is_new AND outcome = 'attended' AND {family_is_known_sql("d.family_id")}
             GROUP BY 1) AS latest
     WHERE f.id = latest.family_id"""


def _load_observations(params: Params) -> int:
    """The nth row that says a thing is the nth such observation; only the surplus is new.

    Keys follow the order of the file: of two observations on one day the later row counts.
    """
    temporary(
        "observation_new",
        f"""AS WITH counted AS (
                SELECT line, person_id, code, recorded_on, value, number, contact_id,
                       row_number() OVER (
                           PARTITION BY person_id, code, recorded_on, value, contact_id
                           ORDER BY line) AS nth
                  FROM observations_here d
                 WHERE person_id IS NOT NULL AND {person_comes("d.person_id")} AND NOT EXISTS
                       (SELECT FROM problem p WHERE p.file = '{OBSERVATIONS.file}'
                           AND p.line = d.line)
            ), had AS (
                SELECT person_id, code, recorded_on, value, coalesce(contact_id, 0) AS contact,
                       count(*) AS n
                  FROM families_observation t
                 WHERE person_id IN (SELECT id FROM person_key WHERE NOT is_new)
                 GROUP BY 1, 2, 3, 4, 5)
            SELECT c.*, {new_ref("O", 10)} AS public_ref FROM counted c
              LEFT JOIN had ON had.person_id = c.person_id AND had.code = c.code
                   AND had.recorded_on = c.recorded_on AND had.value = c.value
                   AND had.contact = coalesce(c.contact_id, 0)
             WHERE c.nth > coalesce(had.n, 0)""",
    )
    index("observation_new", "public_ref")
    make_unlike("observation_new", "families_observation", "O", 10)
    return bring("families_observation", NEW_OBSERVATIONS, params)


NEW_OBSERVATIONS = """
    INSERT INTO families_observation (ref, person_id, code, recorded_on, value, number, contact_id,
                                      recorded_at, source)
    SELECT public_ref, person_id, code, recorded_on, value, number, contact_id, %(now)s, %(source)s
      FROM observation_new ORDER BY line"""
