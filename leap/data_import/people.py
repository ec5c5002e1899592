"""Families, the people in them and where they live: checked, then loaded."""

from families.models.person_fields import PERSON_FIELDS, Kind
from families.name_normalisation import search_text
from families.people.age_rules import PARENTS, TOO_YOUNG
from leap.data_import.closure import family_is_known_sql, person_comes
from leap.data_import.formats import BY_FILE
from leap.data_import.matching import (
    Entity,
    RecordPair,
    fill,
    good,
    linked,
    plain,
    refuse,
    refuse_different,
    refuse_unknown,
    words,
    yes_or_no,
)
from leap.data_import.reference_data import TEAM, keep_unlisted_postcodes
from leap.data_import.staging import (
    Copying,
    Params,
    asking,
    bring,
    count,
    index,
    run,
    temporary,
    view,
)

PEOPLE, FAMILIES = BY_FILE["people.csv"], BY_FILE["families.csv"]

PERSON_PAIRS = (
    words("given_name"),
    words("family_name"),
    plain("birth_date"),
    plain("due_date"),
    plain("died_on"),
    RecordPair("sex", "d.sex", "nullif(t.sex, 'unknown')", "sex"),
    words("nhs_number"),
    *(
        yes_or_no(name) if declared.kind == Kind.YES_NO else words(name)
        for name, declared in PERSON_FIELDS.items()
    ),
)
OWN = [pair.place for pair in PERSON_PAIRS]  # what is a person's own, whatever the family

PERSON = Entity(PEOPLE, "people_here", "families_person", "d.person_ref", PERSON_PAIRS)
FAMILY = Entity(
    FAMILIES,
    "families_here",
    "families_family",
    "d.family_ref",
    (words("name"), linked("lead_team", "lead_team_id", "accounts_team")),
)


def lay_out() -> None:
    """The staged rows with their keys, and one row for each person, membership and home.

    Whoever merged two records chose between their values: a row under the reference of the one that
    was merged away says nothing against that, and fills in what is blank.
    """
    keep_unlisted_postcodes(PEOPLE)
    own = ", ".join(f"{_unless_chosen(pair)} AS {pair.place}" for pair in PERSON_PAIRS)
    chosen = {*OWN, "search_name"}
    names = ["line", *(name for name, _ in PEOPLE.staged)]
    others = ", ".join(f"d.{name}" for name in names if name not in chosen)
    view(
        "people_here",
        f"""SELECT {others}, {own}, k.id, f.id AS family_id,
                   CASE WHEN k.is_merged IS NOT TRUE THEN d.search_name END AS search_name
              FROM in_people d
              LEFT JOIN person_key k ON k.ref = d.person_ref
              LEFT JOIN family_key f ON f.ref = d.family_ref
              LEFT JOIN families_person t ON t.id = k.id AND k.is_merged""",
    )
    view(
        "families_here",
        """SELECT d.line, d.family_ref, f.id,
                  CASE WHEN NOT f.is_merged THEN d.name END AS name,
                  CASE WHEN NOT f.is_merged THEN d.lead_team END AS lead_team,
                  CASE WHEN NOT f.is_merged THEN t.id END AS lead_team_id
             FROM in_families d JOIN family_key f ON f.ref = d.family_ref
             LEFT JOIN accounts_team t ON t.code = d.lead_team""",
    )
    _once_each()


def _once_each() -> None:
    """One row for each person, membership and home."""
    least = ", ".join(f"min({name}) AS {name}" for name in OWN)
    most = ", ".join(f"max({name}) AS most_{name}" for name in OWN)
    temporary(
        "person_here",
        f"""AS SELECT id, min(line) AS line, {least}, {most},
                   CASE WHEN min(search_name) = max(search_name) THEN min(search_name)
                   END AS search_name
              FROM people_here WHERE id IS NOT NULL GROUP BY id""",
    )
    index("person_here", "id")
    temporary(
        "member_here",
        """AS SELECT family_id, id AS person_id, min(line) AS line,
                  CASE WHEN bool_or(role = 'child') THEN 'child' ELSE min(role) END AS role
             FROM people_here WHERE id IS NOT NULL AND family_id IS NOT NULL
            GROUP BY family_id, id""",
    )
    index("member_here", "person_id", "family_id")
    temporary(
        "home_here",
        """AS SELECT d.id AS person_id, p.id AS postcode_id, d.moved_in_on, min(d.line) AS line
             FROM people_here d JOIN reference_data_postcode p ON p.postcode = d.postcode
            WHERE d.id IS NOT NULL GROUP BY d.id, p.id, d.moved_in_on""",
    )
    index("home_here", "person_id")


def _unless_chosen(pair: RecordPair) -> str:
    """SQL: the value of the file, but for one that stands in LEAP under another reference."""
    return f"CASE WHEN k.is_merged IS NOT TRUE OR {pair.there} IS NULL THEN {pair.here} END"


def check() -> None:
    """Refuse rows that name what is unknown, contradict one another, or contradict LEAP."""
    refuse_unknown(FAMILIES, "lead_team", TEAM)
    _refuse_two_people_in_one()
    _refuse_two_roles()
    refuse(DEATH_BEFORE_BIRTH)
    refuse(PARENTS_TOO_YOUNG)
    refuse(CLOSED)
    refuse_different(PERSON)
    refuse_different(FAMILY)


def _refuse_two_people_in_one() -> None:
    """A person's rows, in two families or after a move, say the same about the person."""
    values = ", ".join(
        f"""('{name}', d.{name}::text, p.{name}::text, p.most_{name}::text,
             (SELECT min(o.line) FROM in_people o
               WHERE o.person_ref = d.person_ref AND o.{name} <> d.{name}))"""
        for name in OWN
    )
    refuse(f"""
        SELECT '{PEOPLE.file}', d.line, v.place,
               concat(d.person_ref, ' has “', v.here, '” here and “',
                      CASE WHEN v.here = v.least THEN v.most ELSE v.least END, '” on line ',
                      v.line, '. Two people cannot have one reference.')
          FROM people_here d JOIN person_here p ON p.id = d.id
         CROSS JOIN LATERAL (VALUES {values}) AS v (place, here, least, most, line)
         WHERE ({" OR ".join(f"p.{name} <> p.most_{name}" for name in OWN)})
           AND v.least <> v.most AND v.here IS NOT NULL""")


def _refuse_two_roles() -> None:
    refuse(f"""
        SELECT DISTINCT ON (d.line) '{PEOPLE.file}', d.line, 'role',
               concat(d.person_ref, ' is ', d.role, ' of ', d.family_ref, ' here and ', o.role,
                      ' on line ', o.line, '.')
          FROM people_here d JOIN people_here o ON o.id = d.id AND o.family_id = d.family_id
         WHERE d.role <> o.role AND NOT (d.role IN ({BORN}) AND o.role IN ({BORN}))
         ORDER BY d.line, o.line""")
    refuse(f"""
        SELECT '{PEOPLE.file}', d.line, 'role',
               concat(d.person_ref, ' is ', t.role, ' of ', d.family_ref, ' in LEAP and ', d.role,
                      ' here. Correct the file, or the record in LEAP.')
          FROM people_here d
          JOIN families_member t ON t.person_id = d.id AND t.family_id = d.family_id
         WHERE d.role <> t.role AND NOT (d.role IN ({BORN}) AND t.role IN ({BORN}))""")


BORN = "'unborn', 'child'"  # the one becomes the other

DEATH_BEFORE_BIRTH = f"""
    SELECT '{PEOPLE.file}', d.line, 'died_on',
           concat(d.died_on, ' is before the birth, ', coalesce(d.birth_date, p.birth_date), '.')
      FROM people_here d JOIN person_here p ON p.id = d.id
     WHERE d.died_on < coalesce(d.birth_date, p.birth_date)
     UNION ALL
    SELECT '{PEOPLE.file}', d.line, 'died_on',
           concat(d.died_on, ' is before the birth, ', t.birth_date, ' in LEAP.')
      FROM people_here d JOIN families_person t ON t.id = d.id
     WHERE d.died_on < t.birth_date AND d.birth_date IS NULL
     UNION ALL
    SELECT '{PEOPLE.file}', d.line, 'birth_date',
           concat(d.birth_date, ' is after the death, ', t.died_on, ' in LEAP.')
      FROM people_here d JOIN families_person t ON t.id = d.id
     WHERE d.birth_date > t.died_on AND d.died_on IS NULL"""


# A mother or father was grown when the youngest child of the family was born.
PARENTS_TOO_YOUNG = f"""
    SELECT DISTINCT ON (d.line) '{PEOPLE.file}', d.line, 'birth_date',
           concat(d.person_ref, ' is ', d.role, ' of ', d.family_ref, ', and was born on ',
                  d.birth_date, ', less than {TOO_YOUNG} years before its youngest child, on ',
                  youngest.born, '. Check both dates, or the role.')
      FROM people_here d
     CROSS JOIN LATERAL (
        SELECT max(born) AS born FROM (
            SELECT p.birth_date AS born FROM member_here m JOIN person_here p ON p.id = m.person_id
             WHERE m.family_id = d.family_id AND m.role = 'child'
             UNION ALL
            SELECT t.birth_date FROM families_member m JOIN families_person t ON t.id = m.person_id
             WHERE m.family_id = d.family_id AND m.role = 'child') AS children) AS youngest
     WHERE d.role IN ({", ".join(f"'{role}'" for role in PARENTS)})
       AND youngest.born < d.birth_date + interval '{TOO_YOUNG} years'"""


CLOSED = f"""
    SELECT '{PEOPLE.file}', d.line, 'family_ref',
           concat('the record of ', d.family_ref, ' is closed. Reopen it in LEAP first.')
      FROM people_here d JOIN families_family f ON f.id = d.family_id
     WHERE f.closed_at IS NOT NULL
       AND NOT EXISTS (SELECT FROM families_member t
                        WHERE t.family_id = d.family_id AND t.person_id = d.id)"""


def check_leads() -> None:
    """Every new family has a lead: the one it names, or the team of its latest contact."""
    temporary(
        "lead_here",
        """AS SELECT k.id AS family_id, coalesce(named.lead_team_id, latest.team_id) AS team_id
             FROM family_key k
             LEFT JOIN (SELECT id, min(lead_team_id) AS lead_team_id FROM families_here GROUP BY id)
                  AS named USING (id)
             LEFT JOIN (SELECT DISTINCT ON (family_id) family_id, team_id FROM contacts_here
                         WHERE team_id IS NOT NULL
                         ORDER BY family_id, occurred_at DESC NULLS LAST, line DESC)
                  AS latest ON latest.family_id = k.id
            WHERE k.is_new""",
    )
    index("lead_here", "family_id")
    for file_format in (PEOPLE, FAMILIES):
        refuse(f"""
            SELECT '{file_format.file}', d.line, 'family_ref',
                   concat('nobody leads family ', d.family_ref, '. Give its lead_team in ',
                          'families.csv, or a contact with it in contacts.csv.')
              FROM {file_format.table} d JOIN family_key k ON k.ref = d.family_ref
              JOIN lead_here l ON l.family_id = k.id
             WHERE l.team_id IS NULL AND {good(file_format)}
               AND NOT EXISTS (SELECT FROM in_contacts c WHERE c.family_ref = d.family_ref)
               AND NOT EXISTS (SELECT FROM in_families f
                                WHERE f.family_ref = d.family_ref AND f.lead_team IS NOT NULL)""")


def load(params: Params) -> dict[str, int]:
    """Load families with their people and homes; how many rows of each file brought something."""
    fill(FAMILY, family_is_known_sql("d.id"), UNKEYED_FAMILY)
    families = bring("families_family", NEW_FAMILIES, params)
    again = "search_name = CASE WHEN {} OR {} THEN '' ELSE t.search_name END"
    filled_names = again.format(*(pair.fills for pair in PERSON_PAIRS[:2]))
    fill(PERSON, person_comes("d.id"), filled_names, here="person_here")
    bring("families_person", NEW_PEOPLE, params)
    temporary("member_new", MEMBER_NEW)
    bring("families_member", NEW_MEMBERS)
    run(BIRTHS)
    temporary("home_new", HOME_NEW)
    bring("families_residence", NEW_HOMES)
    _keep_names_sought()
    return {"families": families, "people": count(f"SELECT DISTINCT line FROM ({FRESH}) AS fresh")}


NEW_FAMILIES = f"""
    WITH brought AS (
        INSERT INTO families_family (id, ref, name, lead_team_id, opened_at, closed_reason, source,
                                     source_ref)
        SELECT k.id, k.public_ref, coalesce(named.name, called.family_name, k.ref), l.team_id,
               coalesce(first.at, %(now)s), '', %(source)s, k.ref
          FROM family_key k
          JOIN lead_here l ON l.family_id = k.id
          LEFT JOIN families_here named ON named.id = k.id
          LEFT JOIN (SELECT DISTINCT ON (m.family_id) m.family_id, p.family_name
                       FROM member_here m JOIN person_here p ON p.id = m.person_id
                      WHERE p.family_name IS NOT NULL
                      ORDER BY m.family_id, m.role <> 'mother', m.line)
               AS called ON called.family_id = k.id
          LEFT JOIN (SELECT family_id, min(occurred_at) AS at FROM contacts_here GROUP BY 1)
               AS first ON first.family_id = k.id
         WHERE k.is_new AND {family_is_known_sql("k.id")}
         ORDER BY k.id
        RETURNING source_ref)
    SELECT FROM brought JOIN in_families d ON d.family_ref = brought.source_ref"""

_FIELDS = ", ".join(
    f"p.{name} = 'yes'" if declared.kind == Kind.YES_NO else f"coalesce(p.{name}, '')"
    for name, declared in PERSON_FIELDS.items()
)
NEW_PEOPLE = f"""
    INSERT INTO families_person (id, ref, given_name, family_name, birth_date, due_date, died_on,
        sex, nhs_number, {", ".join(PERSON_FIELDS)}, telephone, search_name, source, source_ref)
    SELECT k.id, k.public_ref, coalesce(p.given_name, ''), coalesce(p.family_name, ''),
           p.birth_date, p.due_date, p.died_on, coalesce(p.sex, 'unknown'),
           coalesce(p.nhs_number, ''), {_FIELDS}, '', coalesce(p.search_name, ''), %(source)s, k.ref
      FROM person_key k JOIN person_here p ON p.id = k.id
     WHERE k.is_new AND {person_comes("k.id")}
     ORDER BY p.line"""

# What is new is found before it is brought: a statement that looks in the table it is filling would
# read what it has just written over and over.
MEMBER_NEW = f"""
    AS SELECT m.* FROM member_here m
     WHERE {family_is_known_sql("m.family_id")}
       AND NOT EXISTS (SELECT FROM families_member t
                        WHERE t.family_id = m.family_id AND t.person_id = m.person_id)"""

NEW_MEMBERS = """
    INSERT INTO families_member (family_id, person_id, role)
    SELECT family_id, person_id, role FROM member_new ORDER BY line"""

BIRTHS = f"""
    WITH born AS (
        UPDATE families_member t SET role = 'child' FROM member_here m
         WHERE t.family_id = m.family_id AND t.person_id = m.person_id
           AND t.role = 'unborn' AND m.role = 'child' AND {family_is_known_sql("m.family_id")}
        RETURNING t.person_id)
    INSERT INTO filled (name, id) SELECT '{PEOPLE.name}', person_id FROM born"""

# Homes already known keep their place in the order; new ones come after them, as listed.
HOME_NEW = f"""
    AS SELECT h.person_id, h.postcode_id, h.moved_in_on, h.line, coalesce(had.homes, 0)
              + row_number() OVER (PARTITION BY h.person_id ORDER BY h.line) - 1 AS listed
         FROM home_here h
         LEFT JOIN (SELECT person_id, max(listed) + 1 AS homes FROM families_residence
                     WHERE person_id IN (SELECT id FROM person_key WHERE NOT is_new)
                     GROUP BY person_id) AS had USING (person_id)
        WHERE {person_comes("h.person_id")}
          AND NOT EXISTS (SELECT FROM families_residence t
                           WHERE t.person_id = h.person_id AND t.postcode_id = h.postcode_id
                             AND t.moved_in_on IS NOT DISTINCT FROM h.moved_in_on)"""

NEW_HOMES = """
    INSERT INTO families_residence (person_id, postcode_id, address, moved_in_on, listed)
    SELECT person_id, postcode_id, '', moved_in_on, listed FROM home_new ORDER BY line"""

# The lines that brought a person, a membership or a home; a new person is always a new member.
FRESH = "SELECT line FROM member_new UNION ALL SELECT line FROM home_new"


def count_filled() -> int:
    """How many people had a blank filled in by a row that brought nothing else."""
    return count(f"""
        SELECT DISTINCT h.id FROM filled JOIN person_here h USING (id)
         WHERE filled.name = '{PEOPLE.name}' AND h.line NOT IN ({FRESH})""")


# A name that is filled in is given its key below, as that of a new family is.
UNKEYED_FAMILY = f"search_name = CASE WHEN {FAMILY.pairs[0].fills} THEN '' ELSE t.search_name END"

UNKEYED = {
    "families_person": """
        SELECT p.id, p.given_name || ' ' || p.family_name
          FROM families_person p JOIN person_here h USING (id)
         WHERE p.search_name = '' AND p.given_name || p.family_name <> ''""",
    "families_family": """
        SELECT f.id, f.name FROM families_family f JOIN family_key k USING (id)
         WHERE f.search_name = '' AND f.name <> ''""",
}


def _keep_names_sought() -> None:
    """Names that came together from several places are found by all of them."""
    for table, unkeyed in UNKEYED.items():
        keys = f"{table}_sought"
        temporary(keys, "(id bigint, search_name text)")
        copying = Copying(keys, "id", "search_name")
        with asking(unkeyed) as batches:
            for batch in batches:
                for key, name in batch:
                    copying.add(key, search_text(name))
        copying.flush()
        run(f"""UPDATE {table} t SET search_name = n.search_name FROM {keys} n
                 WHERE n.id = t.id AND n.search_name <> ''""")
