"""Row-level security on decisions: see leap/core/rls/session.py. Whoever works with the family reads them; pages
show one only beside what it rests on."""

from django.db import migrations

SEEN = """EXISTS (
        SELECT FROM families_involvement spell
         WHERE spell.family_id = prompts_decision.family_id
           AND spell.who = ANY((SELECT leap_who())::bigint[])
           AND (spell.ended_at IS NULL OR spell.ended_at > statement_timestamp()))"""


class Migration(migrations.Migration):
    dependencies = [("prompts", "0001_decision"), ("leap", "0001_wall")]
    operations = [
        migrations.RunSQL(
            f"""ALTER TABLE prompts_decision ENABLE ROW LEVEL SECURITY;
            CREATE POLICY seen_by_those_it_is_shared_with ON prompts_decision TO leap_web
             USING ((SELECT leap_past_the_wall()) OR {SEEN}) WITH CHECK (true)""",
            """DROP POLICY seen_by_those_it_is_shared_with ON prompts_decision;
            ALTER TABLE prompts_decision DISABLE ROW LEVEL SECURITY""",
        )
    ]
