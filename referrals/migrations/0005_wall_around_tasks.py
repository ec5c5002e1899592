"""Row-level security: a task is for whom it names and its team, and opens its referral to them."""

from django.db import migrations

WHO, ME = "(SELECT leap_who())::bigint[]", "(SELECT leap_practitioner())"
SIDES = f"""(SELECT leap_past_the_wall())
    OR from_team_id = ANY({WHO})
    OR (to_team_id = ANY({WHO}) AND sent_at IS NOT NULL)
    OR EXISTS (
        SELECT FROM families_involvement spell
         WHERE spell.family_id = referrals_referral.family_id AND spell.who = ANY({WHO})
           AND (spell.ended_at IS NULL OR spell.ended_at > statement_timestamp()))"""
NAMED = f"""{SIDES}
    OR (sent_at IS NOT NULL AND EXISTS (
        SELECT FROM referrals_task task
         WHERE task.referral_id = referrals_referral.id
           AND task.to_id = {ME} AND task.done_at IS NULL))"""
POLICY = "seen_by_those_it_is_shared_with"


def wall(table, seen):
    return migrations.RunSQL(
        f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY {POLICY} ON {table} TO leap_web
         USING ((SELECT leap_past_the_wall()) OR {seen}) WITH CHECK (true)""",
        f"""DROP POLICY {POLICY} ON {table};
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY""",
    )


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_the_whole_life"), ("leap", "0001_wall")]
    operations = [
        # Says nothing of referrals, whose own policy asks this table.
        wall("referrals_task", f"to_id = {ME} OR team_id = ANY({WHO})"),
        migrations.RunSQL(
            f"ALTER POLICY {POLICY} ON referrals_referral USING ({NAMED})",
            f"ALTER POLICY {POLICY} ON referrals_referral USING ({SIDES})",
        ),
        wall(
            "referrals_challenge",
            "EXISTS (SELECT FROM referrals_referral above WHERE above.id = referral_id)",
        ),
        wall(
            "referrals_stageofchallenge",
            "EXISTS (SELECT FROM referrals_challenge above WHERE above.id = challenge_id)",
        ),
    ]
