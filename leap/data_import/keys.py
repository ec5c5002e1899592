"""What each reference stands for: a row of LEAP, or one that is about to be made.

Each table `<name>_key` has the references of the files with the key of their row, assigned already
where the row is new, and its public reference. What is in neither file nor LEAP is not in it.
"""

from dataclasses import dataclass

from leap.core.ids import ALPHABET
from leap.data_import.staging import index, run, temporary

# base64 has 64 characters, and each of our 32 stands for two of them.
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def new_ref(prefix: str, length: int) -> str:
    """SQL for a new public reference, up to ten characters long, as leap.core.ids makes them."""
    assert length <= 10
    # The twelfth character of a random UUID and the nine after it hold none of its fixed bits.
    drawn = f"substr(encode(uuid_send(gen_random_uuid()), 'base64'), 12, {length})"
    return f"'{prefix}-' || translate({drawn}, '{BASE64}', '{ALPHABET * 2}')"


@dataclass(frozen=True)
class Key:
    """What a reference names, where it is made (`here`), and where it is only mentioned."""

    name: str
    table: str
    prefix: str
    length: int
    here: tuple[str, ...]
    mentioned: tuple[str, ...] = ()


FAMILY = Key(
    "family",
    "families_family",
    "LB",
    5,
    ("SELECT family_ref, line FROM in_people", "SELECT family_ref, line FROM in_families"),
    ("SELECT family_ref, 0 FROM in_contacts", "SELECT family_ref, 0 FROM in_referrals"),
)
PERSON = Key(
    "person",
    "families_person",
    "P",
    8,
    ("SELECT person_ref, line FROM in_people WHERE family_ref IS NOT NULL",),
    (
        "SELECT person_ref, 0 FROM contact_people",
        "SELECT person_ref, 0 FROM in_observations",
        "SELECT person_ref, 0 FROM in_attendance",
    ),
)
CONTACT = Key(
    "contact",
    "families_contact",
    "C",
    10,
    ("SELECT contact_ref, line FROM in_contacts",),
    ("SELECT contact_ref, 0 FROM in_observations",),
)
REFERRAL = Key(
    "referral", "referrals_referral", "RF", 8, ("SELECT referral_ref, line FROM in_referrals",)
)
SESSION = Key(
    "session",
    "leap_sites_session",
    "SE",
    8,
    ("SELECT session_ref, line FROM in_sessions",),
    ("SELECT session_ref, 0 FROM in_attendance",),
)


def resolve(key: Key, source: str) -> None:
    """Find what each reference stands for: as this agency's own, else as LEAP's public one.

    New rows are numbered as the files list them.
    """
    mentions = " UNION ALL ".join(
        f"SELECT ref, {here} AS here, line FROM ({select}) AS m (ref, line)"
        for here, selects in (("true", key.here), ("false", key.mentioned))
        for select in selects
    )
    sequence = f"pg_get_serial_sequence('{key.table}', 'id')::regclass"
    temporary(
        f"{key.name}_key",
        f"""AS
        WITH mentioned AS (
            SELECT ref, bool_or(here) AS here, min(line) FILTER (WHERE here) AS line
              FROM ({mentions}) AS m
             WHERE ref IS NOT NULL GROUP BY ref
        ), known AS (
            SELECT m.ref, m.here, coalesce(own.id, public.id) AS id
              FROM mentioned m
              LEFT JOIN {key.table} own ON own.source = %(source)s AND own.source_ref = m.ref
                    AND NOT own.source_ref = ''
              LEFT JOIN {key.table} public ON public.ref = m.ref AND own.id IS NULL
             ORDER BY m.line
        )
        SELECT ref, coalesce(id, nextval((SELECT {sequence}))) AS id, id IS NULL AS is_new,
               false AS is_merged,
               CASE WHEN id IS NULL THEN {new_ref(key.prefix, key.length)} END AS public_ref
          FROM known WHERE here OR id IS NOT NULL""",
        {"source": source},
    )
    index(f"{key.name}_key", "ref", "id")
    make_unlike(f"{key.name}_key", key.table, key.prefix, key.length)
    if key in (FAMILY, PERSON):
        _follow_merges(key)


def _follow_merges(key: Key) -> None:
    """What was merged into another stands for that one, however often it was merged on."""
    follow = f"""
        UPDATE {key.name}_key k SET id = m.kept_{key.name}_id, is_merged = true
          FROM merging_merge m
         WHERE m.gone_{key.name}_id = k.id AND m.undone_at IS NULL AND NOT k.is_new"""
    while run(follow):
        pass


def make_unlike(keys: str, table: str, prefix: str, length: int) -> None:
    """Draw new references again until none is like another, here or in `table`."""
    again = f"""
        UPDATE {keys} SET public_ref = {new_ref(prefix, length)}
         WHERE public_ref IN (
            SELECT public_ref FROM {keys} WHERE public_ref IS NOT NULL
             GROUP BY public_ref HAVING count(*) > 1
             UNION ALL SELECT k.public_ref FROM {keys} k JOIN {table} t ON t.ref = k.public_ref)"""
    while run(again):
        pass
