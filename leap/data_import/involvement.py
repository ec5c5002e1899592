"""Who may see what came in: the teams that work with the families, and guardian's grants."""

from families.access.involvement_actions import view_permission
from families.models import Involvement
from leap.data_import.closure import family_is_known_sql
from leap.data_import.staging import Params, bring, count, run, temporary

IMPORTED = Involvement.Reason.IMPORTED.value
REFERRAL_ACCEPTED = Involvement.Reason.REFERRAL_ACCEPTED.value


def involve(params: Params) -> int:
    """Start the spells that new leads, contacts and accepted referrals bring; how many.

    In a restricted family they open nothing: people are named for it, here as everywhere.

    Only what is new does: importing an old file again does not reopen a record to a team that has
    ended its work.
    """
    temporary("spell", f"AS {SPELLS}", params)
    bring("families_involvement", NEW_SPELLS, params)
    run(NEW_GRANTS, {"permission": view_permission().pk})
    return count("SELECT FROM spell")


SPELLS = f"""
    SELECT family_id, team_id, least(min(at), %(now)s) AS at,
           CASE WHEN bool_or(worked) THEN '{IMPORTED}' ELSE '{REFERRAL_ACCEPTED}' END AS reason
      FROM (
        SELECT family_id, team_id, %(now)s AS at, true AS worked FROM lead_here
         UNION ALL
        SELECT family_id, team_id, occurred_at, true FROM contacts_here WHERE is_new
         UNION ALL
        SELECT t.family_id, t.to_team_id, t.accepted_at, false
          FROM referrals_here d JOIN referrals_referral t USING (id)
         WHERE t.accepted_at IS NOT NULL AND d.accepted_at IS NOT NULL
           AND (d.is_new OR d.id IN (SELECT id FROM filled WHERE name = 'referrals'))
      ) AS work (family_id, team_id, at, worked)
     WHERE team_id IS NOT NULL AND {family_is_known_sql("work.family_id")}
       AND NOT EXISTS (SELECT FROM families_involvement i
                        WHERE i.family_id = work.family_id AND i.team_id = work.team_id
                          AND i.ended_at IS NULL)
     GROUP BY family_id, team_id"""

NEW_SPELLS = """
    INSERT INTO families_involvement (family_id, team_id, reason, note, started_at, names_only)
    SELECT s.family_id, s.team_id, s.reason, '', s.at, f.restriction <> ''
      FROM spell s JOIN families_family f ON f.id = s.family_id ORDER BY s.family_id, s.at"""

NEW_GRANTS = """
    INSERT INTO families_familygroupobjectpermission (content_object_id, group_id, permission_id)
    SELECT s.family_id, t.group_id, %(permission)s FROM spell s
      JOIN accounts_team t ON t.id = s.team_id
      JOIN families_family f ON f.id = s.family_id AND f.restriction = ''
    ON CONFLICT DO NOTHING"""
