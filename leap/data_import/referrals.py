"""Referrals: checked, given their status and their clock, and loaded."""

from functools import lru_cache

from leap.data_import.closure import family_is_known_sql
from leap.data_import.contacts import FAMILY_KEY
from leap.data_import.formats import BY_FILE, REFERRAL_ORDER, REFERRAL_TIMES
from leap.data_import.matching import (
    Entity,
    fill,
    linked,
    moment,
    refuse,
    refuse_different,
    refuse_unknown,
    words,
)
from leap.data_import.reference_data import TEAM
from leap.data_import.staging import Copying, Params, asking, bring, index, run, temporary, view
from referrals.models import IMPORTED, LEAP_ALONE
from referrals.working_days import WorkingDays

REFERRALS = BY_FILE["referrals.csv"]
REFERRAL = Entity(
    REFERRALS,
    "referrals_here",
    "referrals_referral",
    "d.referral_ref",
    (
        linked("family_ref", "family_id", "families_family", "ref"),
        linked("pathway", "pathway_id", "referrals_pathway"),
        linked("from_team", "from_team_id", "accounts_team"),
        linked("to_team", "to_team_id", "accounts_team"),
        *(moment(time) for time in REFERRAL_TIMES),
        words("outcome"),
    ),
)
NO_REASON = "Not recorded in the imported file"
_BY_A_FILE = ", ".join(f"'{status}'" for status in IMPORTED)
STEPS = f"ARRAY[{_BY_A_FILE}]"
SETTLED = ", ".join(f"'{status}'" for status in LEAP_ALONE)  # by LEAP itself: no file reopens these


def lay_out() -> None:
    """The staged rows with the keys of all they refer to."""
    temporary(
        "pathway_name",
        """AS SELECT DISTINCT ON (name) replace(lower(name), '_', '-') AS name, id AS pathway_id
             FROM (SELECT code, id, true FROM referrals_pathway
                    UNION ALL
                   SELECT unnest(also_called), id, false FROM referrals_pathway)
               AS known (name, id, official)
            ORDER BY name, official DESC, id""",
    )
    view(
        "referrals_here",
        """SELECT d.*, k.id, k.is_new, k.public_ref, f.id AS family_id, w.pathway_id,
                  a.id AS from_team_id, b.id AS to_team_id
             FROM in_referrals d
             LEFT JOIN referral_key k ON k.ref = d.referral_ref
             LEFT JOIN family_key f ON f.ref = d.family_ref
             LEFT JOIN pathway_name w ON w.name = d.pathway
             LEFT JOIN accounts_team a ON a.code = d.from_team
             LEFT JOIN accounts_team b ON b.code = d.to_team""",
    )


def check() -> None:
    """Refuse rows that name what is unknown, or contradict LEAP."""
    refuse_unknown(REFERRALS, "family_ref", FAMILY_KEY)
    refuse_unknown(REFERRALS, "from_team", TEAM)
    refuse_unknown(REFERRALS, "to_team", TEAM)
    refuse(UNKNOWN_PATHWAY)
    refuse_different(REFERRAL)
    refuse(CLOSED)
    refuse(SETTLED_ALREADY)
    refuse(BOTH_ANSWERS)
    refuse(OUT_OF_ORDER)


UNKNOWN_PATHWAY = f"""
    SELECT '{REFERRALS.file}', d.line, 'pathway',
           concat('“', d.pathway, '” is not a pathway. LEAP knows ',
                  (SELECT string_agg(code, ', ' ORDER BY code) FROM referrals_pathway), '.')
      FROM referrals_here d WHERE d.pathway IS NOT NULL AND d.pathway_id IS NULL"""

CLOSED = f"""
    SELECT '{REFERRALS.file}', d.line, 'family_ref',
           concat('the record of ', d.family_ref, ' is closed. Reopen it in LEAP first.')
      FROM referrals_here d JOIN families_family f ON f.id = d.family_id
     WHERE f.closed_at IS NOT NULL AND d.is_new"""

_KNOWN = "referrals_here d JOIN referrals_referral t ON t.id = d.id"
_FILLS = " OR ".join(pair.fills for pair in REFERRAL.pairs if pair.place in REFERRAL_TIMES)

SETTLED_ALREADY = f"""
    SELECT '{REFERRALS.file}', d.line, 'referral_ref',
           concat(d.referral_ref, ' is ', t.status, ' in LEAP. No file can take it further.')
      FROM {_KNOWN} WHERE t.status IN ({SETTLED}) AND ({_FILLS})"""

BOTH_ANSWERS = f"""
    SELECT '{REFERRALS.file}', d.line,
           CASE WHEN d.declined_at IS NULL THEN 'accepted_at' ELSE 'declined_at' END,
           concat(d.referral_ref, ' is ', t.status, ' in LEAP: a referral is accepted or declined, '
                  'not both.')
      FROM {_KNOWN}
     WHERE (d.declined_at IS NOT NULL AND t.accepted_at IS NOT NULL)
        OR (d.accepted_at IS NOT NULL AND t.declined_at IS NOT NULL)"""

# By day: the file itself is held to the minute where it is read.
OUT_OF_ORDER = f"""
    SELECT '{REFERRALS.file}', d.line, v.place,
           concat(d.referral_ref, ' would have ', v.place, ' before its ', v.earlier, '.')
      FROM {_KNOWN}
     CROSS JOIN LATERAL (VALUES {
    ", ".join(
        f"('{later}', '{earlier}', coalesce(t.{earlier}, d.{earlier}), "
        f"coalesce(t.{later}, d.{later}))"
        for earlier, later in REFERRAL_ORDER
    )
}) AS v (place, earlier, first, next)
     WHERE ({_FILLS}) AND v.next::date < v.first::date"""


def load(params: Params) -> dict[str, int]:
    """Load referrals; how many were new. Each status follows from the times that are known."""
    _wind_clocks()
    fill(REFERRAL, family_is_known_sql("d.family_id"))
    run(MOVE_ON)
    return {"referrals": bring("referrals_referral", NEW_REFERRALS, params)}


def _wind_clocks() -> None:
    """By when each referral was to be answered, for every day and pathway in the file."""
    temporary(
        "clock",
        "(sent_on date, pathway_id bigint, acknowledge_by date, first_contact_by date)",
    )
    copying = Copying("clock", "sent_on", "pathway_id", "acknowledge_by", "first_contact_by")
    after = lru_cache(maxsize=None)(WorkingDays.read().after)
    with asking("""
        SELECT DISTINCT (d.sent_at AT TIME ZONE 'Europe/London')::date, w.id, w.acknowledge_within,
               w.first_contact_within
          FROM referrals_here d JOIN referrals_pathway w ON w.id = d.pathway_id
         WHERE d.sent_at IS NOT NULL""") as batches:
        for batch in batches:
            for sent, pathway, acknowledge, contact in batch:
                copying.add(sent, pathway, after(sent, acknowledge), after(sent, contact))
    copying.flush()
    index("clock")


def _status(alias: str) -> str:
    """SQL: the status a referral's times come to. Declined is final, as in the table of moves."""
    return f"""
        CASE WHEN {alias}.declined_at IS NOT NULL THEN 'declined'
             WHEN {alias}.closed_at IS NOT NULL THEN 'closed'
             WHEN {alias}.accepted_at IS NOT NULL AND {alias}.first_contact_at IS NOT NULL
                  THEN 'in_progress'
             WHEN {alias}.accepted_at IS NOT NULL THEN 'accepted'
             WHEN {alias}.acknowledged_at IS NOT NULL THEN 'acknowledged'
             WHEN {alias}.sent_at IS NOT NULL THEN 'sent'
             ELSE 'draft' END"""


_CLOCK = """
    clock.pathway_id = d.pathway_id
    AND clock.sent_on = (d.sent_at AT TIME ZONE 'Europe/London')::date"""
_WHY_DECLINED = f"coalesce(nullif({{}}, ''), '{NO_REASON}')"

# What a file fills in takes a referral on, never back.
MOVE_ON = f"""
    UPDATE referrals_referral t
       SET status = d.status,
           acknowledge_by = coalesce(t.acknowledge_by, d.acknowledge_by),
           first_contact_by = coalesce(t.first_contact_by, d.first_contact_by),
           decline_reason = CASE WHEN t.declined_at IS NULL OR t.decline_reason <> ''
                                 THEN t.decline_reason ELSE {_WHY_DECLINED.format("t.outcome")} END
      FROM (SELECT r.id, {_status("r")} AS status, clock.acknowledge_by, clock.first_contact_by
              FROM referrals_referral r JOIN referrals_here d USING (id)
              LEFT JOIN clock ON {_CLOCK}
             WHERE r.id IN (SELECT id FROM filled WHERE name = '{REFERRALS.name}')) AS d
     WHERE t.id = d.id
       AND array_position({STEPS}, d.status) > array_position({STEPS}, t.status::text)"""

NEW_REFERRALS = f"""
    INSERT INTO referrals_referral (id, ref, family_id, pathway_id, from_team_id, to_team_id,
        status, reason, made_at, sent_at, acknowledge_by, first_contact_by, acknowledged_at,
        accepted_at, declined_at, decline_reason, alternative, first_contact_at, closed_at,
        outcome, source,
        source_ref)
    SELECT d.id, d.public_ref, d.family_id, d.pathway_id, d.from_team_id, d.to_team_id,
           {_status("d")}, '', coalesce(d.sent_at, %(now)s), d.sent_at, clock.acknowledge_by,
           clock.first_contact_by, d.acknowledged_at, d.accepted_at, d.declined_at,
           CASE WHEN d.declined_at IS NULL THEN ''
                ELSE {_WHY_DECLINED.format("d.outcome")} END, '',
           d.first_contact_at, d.closed_at, coalesce(d.outcome, ''), %(source)s, d.referral_ref
      FROM referrals_here d LEFT JOIN clock ON {_CLOCK}
     WHERE d.is_new AND {family_is_known_sql("d.family_id")} ORDER BY d.line"""
