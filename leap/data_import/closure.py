"""Which families wait. A family comes in whole or not at all, and so does a person.

A row that is refused makes its family wait, and with it the families of the same people, and
whatever refers to what now does not come.
"""

from leap.data_import.formats import FORMATS
from leap.data_import.staging import count, index, run, temporary


def family_is_known_sql(family: str) -> str:
    """SQL: that a family, given by key, is known and does not wait.

    The key says of which table it is: without that it would be the key in `waiting`.
    """
    assert "." in family
    waits = f"SELECT FROM waiting w WHERE w.family_id = {family}"
    return f"({family} IS NOT NULL AND NOT EXISTS ({waits}))"


def person_comes(person: str) -> str:
    """SQL: that none of a person's families waits."""
    assert "." in person
    return f"NOT EXISTS (SELECT FROM waiting_person w WHERE w.person_id = {person})"


def find_waiting() -> None:
    """Fill `waiting` with the families that do not come in, each with its reason."""
    temporary(
        "belongs",
        """AS SELECT person_id, family_id FROM member_here
            UNION
           SELECT m.person_id, m.family_id FROM families_member m
             JOIN person_key k ON k.id = m.person_id AND NOT k.is_new""",
    )
    index("belongs", "person_id", "family_id")
    temporary("waiting", "(family_id bigint PRIMARY KEY, because text)")
    for rows in CAUSES:
        run(f"""
            INSERT INTO waiting SELECT family_id, min(because) FROM ({rows}) AS found
             WHERE family_id IS NOT NULL GROUP BY family_id ON CONFLICT DO NOTHING""")
    temporary("hangs_on", f"AS {HANGS_ON}")
    index("hangs_on", "on_id")
    while run(SPREAD):
        run("ANALYZE waiting")
    temporary(
        "waiting_person",
        "AS SELECT DISTINCT person_id FROM belongs JOIN waiting USING (family_id)",
    )
    index("waiting_person", "person_id")
    index("waiting")


def _cause(file: str, rest: str, family: str = "d.family_id") -> str:
    """SQL: families that wait for a refused row `d` of a file, with that row as the reason."""
    return f"""
        SELECT {family} AS family_id,
               '{file}:' || min(p.line) OVER (PARTITION BY {family}) AS because
          FROM problem p {rest} WHERE p.file = '{file}'"""


OF_PERSON = "JOIN belongs b ON b.person_id = d.person_id"
CAUSES = (
    _cause("people.csv", "JOIN people_here d USING (line)"),
    _cause(
        "people.csv",
        "JOIN people_here d USING (line) JOIN belongs b ON b.person_id = d.id",
        "b.family_id",
    ),
    _cause("families.csv", "JOIN families_here d USING (line)", "d.id"),
    _cause("contacts.csv", "JOIN contacts_here d USING (line)"),
    # A contact of a family that nobody knows is still about these people.
    _cause(
        "contacts.csv",
        """JOIN contacts_here d USING (line) JOIN contact_people n USING (line)
           JOIN person_key k ON k.ref = n.person_ref AND d.family_id IS NULL
           JOIN belongs b ON b.person_id = k.id""",
        "b.family_id",
    ),
    _cause("observations.csv", f"JOIN observations_here d USING (line) {OF_PERSON}", "b.family_id"),
    # An observation of a person whom nobody knows is still of this contact.
    _cause(
        "observations.csv",
        """JOIN observations_here d USING (line)
           JOIN contacts_here c ON c.id = d.contact_id AND d.person_id IS NULL""",
        "c.family_id",
    ),
    _cause("referrals.csv", "JOIN referrals_here d USING (line)"),
    _cause("attendance.csv", f"JOIN attendance_here d USING (line) {OF_PERSON}", "b.family_id"),
)

# One family waits when the other does: they share a person; a contact names a person who is only
# now being made; an observation belongs to a contact that is only now being made.
HANGS_ON = """
    SELECT DISTINCT family_id, on_id FROM (
        SELECT a.family_id, b.family_id FROM belongs a JOIN belongs b USING (person_id)
         UNION ALL
        SELECT c.family_id, b.family_id FROM contacts_here c JOIN contact_people n USING (line)
          JOIN person_key k ON k.ref = n.person_ref AND k.is_new
          JOIN belongs b ON b.person_id = k.id
         UNION ALL
        SELECT b.family_id, c.family_id FROM observations_here o
          JOIN contacts_here c ON c.id = o.contact_id AND c.is_new
          JOIN belongs b ON b.person_id = o.person_id
    ) AS pair (family_id, on_id)
     WHERE family_id <> on_id"""

SPREAD = """
    INSERT INTO waiting
    SELECT DISTINCT ON (h.family_id) h.family_id, 'shares people with ' || coalesce(k.ref, f.ref)
      FROM hangs_on h JOIN waiting w ON w.family_id = h.on_id
      LEFT JOIN family_key k ON k.id = w.family_id
      LEFT JOIN families_family f ON f.id = w.family_id
     WHERE NOT EXISTS (SELECT FROM waiting o WHERE o.family_id = h.family_id)
     ORDER BY h.family_id, 2"""

# The rows of each file that belong to a family that waits.
OF_A_FAMILY = "EXISTS (SELECT FROM waiting w WHERE w.family_id = d.family_id)"
OF_A_PERSON = "EXISTS (SELECT FROM waiting_person w WHERE w.person_id = d.person_id)"
WAITS = {
    "people": ("people_here", OF_A_FAMILY),
    "families": ("families_here", OF_A_FAMILY.replace("d.family_id", "d.id")),
    "contacts": ("contacts_here", OF_A_FAMILY),
    "observations": ("observations_here", OF_A_PERSON),
    "referrals": ("referrals_here", OF_A_FAMILY),
    "attendance": ("attendance_here", OF_A_PERSON),
}


def count_waiting() -> dict[str, int]:
    """How many good rows of each file wait with their family."""
    return {
        file_format.name: count(f"""
            SELECT FROM {WAITS[file_format.name][0]} d
             WHERE {WAITS[file_format.name][1]} AND NOT EXISTS
                (SELECT FROM problem p WHERE p.file = '{file_format.file}' AND p.line = d.line)""")
        for file_format in FORMATS
        if file_format.name in WAITS
    }
