"""Row-level security: a file is for the two sides of its referral."""

from django.db import migrations

TABLE, POLICY = "referrals_attachment", "seen_by_those_it_is_shared_with"
WHO = "(SELECT leap_who())::bigint[]"
# The referral's own policy keeps those of restricted families to whoever is named for them.
SIDES = f"""EXISTS (
        SELECT FROM referrals_referral above
         WHERE above.id = referral_id
           AND (above.from_team_id = ANY({WHO})
                OR (above.to_team_id = ANY({WHO}) AND above.sent_at IS NOT NULL)))"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0017_files_on_referrals"), ("leap", "0001_wall")]
    operations = [
        migrations.RunSQL(
            f"""ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;
            CREATE POLICY {POLICY} ON {TABLE} TO leap_web
             USING ((SELECT leap_past_the_wall()) OR {SIDES}) WITH CHECK (true)""",
            f"DROP POLICY {POLICY} ON {TABLE}; ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY",
        )
    ]
