"""Row-level security: what comes in from outside is for the team that it was sent to."""

from django.db import migrations

TABLE, POLICY = "referrals_incoming", "seen_by_those_it_is_shared_with"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0011_sent_in_from_outside"), ("leap", "0001_wall")]
    operations = [
        migrations.RunSQL(
            f"""ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;
            CREATE POLICY {POLICY} ON {TABLE} TO leap_web
             USING ((SELECT leap_past_the_wall()) OR to_team_id = ANY((SELECT leap_who())::bigint[]))
             WITH CHECK (true)""",
            f"DROP POLICY {POLICY} ON {TABLE}; ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY",
        )
    ]
