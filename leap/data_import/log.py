"""What the log keeps of an import: one event for each family it touched, and one for the whole."""

from leap.core.audit.log import record
from leap.data_import.staging import Params, run, temporary


def record_families(params: Params) -> int:
    """Write each touched family's event, with how much came; how many families that were."""
    temporary("came", f"AS {COUNTED}", params)
    return run(EVENTS, params)


def record_import(source: str, counts: dict[str, int]) -> None:
    """Write the event of the whole import: how many rows of each file were new or filled in."""
    record("records.imported", by=None, source=source, rows=counts)


# One row for each thing that is new or was filled in, with the family it belongs to.
CAME = """
    SELECT k.id AS family_id, 'families' AS what FROM family_key k
      JOIN families_family t USING (id) WHERE k.is_new
     UNION ALL
    SELECT id, 'families' FROM filled WHERE name = 'families'
     UNION ALL
    SELECT family_id, 'people' FROM (
        SELECT family_id, line FROM member_new
         UNION
        SELECT m.family_id, h.line FROM home_new h JOIN member_here m USING (person_id)
         UNION
        SELECT m.family_id, m.line FROM member_here m
          JOIN filled ON filled.name = 'people' AND filled.id = m.person_id) AS people
     UNION ALL
    SELECT t.family_id, 'contacts' FROM contact_key k JOIN families_contact t USING (id)
     WHERE k.is_new OR k.id IN (SELECT id FROM filled WHERE name = 'contacts')
     UNION ALL
    SELECT b.family_id, 'observations' FROM observation_new JOIN belongs b USING (person_id)
     UNION ALL
    SELECT t.family_id, 'referrals' FROM referral_key k JOIN referrals_referral t USING (id)
     WHERE k.is_new OR k.id IN (SELECT id FROM filled WHERE name = 'referrals')
     UNION ALL
    SELECT family_id, 'attendance' FROM coming_in WHERE family_id IS NOT NULL
     UNION ALL
    SELECT family_id, 'teams' FROM spell"""

COUNTED = f"""
    SELECT f.ref, jsonb_object_agg(what, n) AS details
      FROM (SELECT family_id, what, count(*) AS n FROM ({CAME}) AS rows
             GROUP BY family_id, what) AS counts
      JOIN families_family f ON f.id = family_id
     GROUP BY f.ref"""

EVENTS = """
    INSERT INTO audit_event (at, kind, by_ref, by_name, team_code, family_ref, subject_type,
                             subject_ref, details, chain, position, previous_hash, hash)
    SELECT %(now)s, 'family.imported', '', 'the system', '', ref, '', '',
           jsonb_build_object('source', %(source)s::text) || details, ref, 0, '', ''
      FROM came ORDER BY ref"""
