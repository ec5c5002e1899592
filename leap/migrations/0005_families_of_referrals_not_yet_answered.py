"""A family's row, and who is in it, are open through a referral to whoever is to answer it, until
they have: what was declined, withdrawn or finished opens nothing, and neither does a draft.

A lead team reads the family's row before its spell of work is written down, while the record is
open; not for ever after, once it is closed and the team's work has ended.
"""

from django.db import migrations

CONSIDERS = """
CREATE FUNCTION leap_considers(family bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 50 AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM referrals_referral asked
         WHERE asked.family_id = family AND asked.to_team_id = ANY(leap_who())
           AND asked.sent_at IS NOT NULL
           AND asked.status IN ('sent', 'information_asked', 'acknowledged'))
       AND NOT EXISTS (
        SELECT FROM families_involvement spell
         WHERE spell.family_id = family AND spell.names_only);
END $$;
-- Which record a referral is about, by its reference, for those who read the referral.
CREATE FUNCTION leap_family_of_referral(family bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 50 AS $$
BEGIN
    RETURN (SELECT f.ref FROM families_family f WHERE f.id = family AND (
        EXISTS (SELECT FROM referrals_referral r WHERE r.family_id = f.id
                   AND (r.from_team_id = ANY(leap_who()) OR r.to_team_id = ANY(leap_who())))
        OR EXISTS (SELECT FROM referrals_outside o
                    WHERE o.family_id = f.id AND o.from_team_id = ANY(leap_who()))
        OR EXISTS (SELECT FROM referrals_task t JOIN referrals_referral r ON r.id = t.referral_id
                    WHERE r.family_id = f.id AND t.to_id = leap_practitioner())));
END $$;
DO $$
DECLARE asks text;
BEGIN
    FOREACH asks IN ARRAY ARRAY['leap_considers(bigint)', 'leap_family_of_referral(bigint)'] LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', asks, current_schema);
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', asks);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO leap_web', asks);
    END LOOP;
END $$;
"""
NOT_CONSIDERS = """
DROP FUNCTION leap_family_of_referral(bigint);
DROP FUNCTION leap_considers(bigint);
"""

POLICY, PAST = "seen_by_those_it_is_shared_with", "(SELECT leap_past_the_wall())"
WHO = "(SELECT leap_who())::bigint[]"
LIVE = f"""spell.who = ANY({WHO})
           AND (spell.ended_at IS NULL OR spell.ended_at > statement_timestamp())"""


def family(lead, asked):
    return f"""{PAST} OR EXISTS (
            SELECT FROM families_involvement spell
             WHERE spell.family_id = families_family.id AND {LIVE})
        OR (restriction = '' AND lead_team_id = ANY({WHO}){lead})
        OR (restriction = '' AND {asked})"""


def person(asked):
    return f"""{PAST} OR ((restriction = '' OR leap_may_know(families_person.id)) AND (EXISTS (
            SELECT FROM families_member belongs
              JOIN families_involvement spell ON spell.family_id = belongs.family_id
             WHERE belongs.person_id = families_person.id AND {LIVE})
        OR EXISTS (
            SELECT FROM families_member belongs
             WHERE belongs.person_id = families_person.id AND {asked})))"""


CHANGED = [
    (
        "families_family",
        family(" AND closed_at IS NULL", "leap_considers(families_family.id)"),
        family("", "leap_is_asked_about(families_family.id, false)"),
    ),
    (
        "families_person",
        person("leap_considers(belongs.family_id)"),
        person("leap_is_asked_about(belongs.family_id, true)"),
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("leap", "0004_wall_around_kept_people"),
        ("referrals", "0020_mine_and_nobodys"),
    ]
    operations = [
        migrations.RunSQL(CONSIDERS, NOT_CONSIDERS),
        *[
            migrations.RunSQL(
                f"ALTER POLICY {POLICY} ON {table} USING ({now})",
                f"ALTER POLICY {POLICY} ON {table} USING ({before})",
            )
            for table, now, before in CHANGED
        ],
    ]
