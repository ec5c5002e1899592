"""Row-level security: what goes to people outside is for its sender and for the family's teams."""

from django.db import migrations

POLICY = "seen_by_those_it_is_shared_with"
PAST = "(SELECT leap_past_the_wall())"
WHO = "(SELECT leap_who())::bigint[]"
INVOLVED = f"""EXISTS (
        SELECT FROM families_involvement spell
         WHERE spell.family_id = referrals_outside.family_id AND spell.who = ANY({WHO})
           AND (spell.ended_at IS NULL OR spell.ended_at > statement_timestamp()))"""
RESTRICTED = """EXISTS (
        SELECT FROM families_involvement spell
         WHERE spell.family_id = referrals_outside.family_id AND spell.names_only)"""
KEPT = "of_restricted_families_for_those_named"


def wall(table, seen):
    return migrations.RunSQL(
        f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY {POLICY} ON {table} TO leap_web
         USING ({PAST} OR {seen}) WITH CHECK (true)""",
        f"DROP POLICY {POLICY} ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    )


ABOVE = "EXISTS (SELECT FROM referrals_outside above WHERE above.id = outside_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0013_referred_outside"),
        ("leap", "0003_referrals_of_restricted_families"),
    ]
    operations = [
        wall("referrals_outside", f"from_team_id = ANY({WHO}) OR {INVOLVED}"),
        migrations.RunSQL(
            f"""CREATE POLICY {KEPT} ON referrals_outside AS RESTRICTIVE TO leap_web
             USING ({PAST} OR NOT {RESTRICTED} OR {INVOLVED}) WITH CHECK (true)""",
            f"DROP POLICY {KEPT} ON referrals_outside",
        ),
        wall("referrals_outsidelink", ABOVE),
        wall("referrals_outsidestep", ABOVE),
    ]
