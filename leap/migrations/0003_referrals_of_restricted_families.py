"""A referral of a restricted family is for whoever is named for the family, on both sides."""

from django.db import migrations

INVOLVED = """EXISTS (
        SELECT FROM families_involvement spell
         WHERE spell.family_id = referrals_referral.family_id
           AND spell.who = ANY((SELECT leap_who())::bigint[])
           AND (spell.ended_at IS NULL OR spell.ended_at > statement_timestamp()))"""
# While a family is restricted its teams' spells are for names only; few are.
RESTRICTED = """EXISTS (
        SELECT FROM families_involvement spell
         WHERE spell.family_id = referrals_referral.family_id AND spell.names_only)"""


class Migration(migrations.Migration):
    dependencies = [
        ("leap", "0002_wall_around_handover_notes"),
        ("referrals", "0005_wall_around_tasks"),
    ]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX involvement_names_only ON families_involvement (family_id)"
            " WHERE names_only",
            "DROP INDEX involvement_names_only",
        ),
        migrations.RunSQL(
            f"""CREATE POLICY of_restricted_families_for_those_named ON referrals_referral
             AS RESTRICTIVE TO leap_web
             USING ((SELECT leap_past_the_wall()) OR NOT {RESTRICTED} OR {INVOLVED})
             WITH CHECK (true)""",
            "DROP POLICY of_restricted_families_for_those_named ON referrals_referral",
        ),
    ]
