"""Row-level security: alerts are seen with the family, next steps and versions with their contact.

Versions are added to and read by pages; none is changed or deleted by one.
"""

from django.db import migrations

INVOLVED = """EXISTS (
    SELECT FROM families_involvement spell
     WHERE spell.family_id = families_alert.family_id
       AND spell.who = ANY((SELECT leap_who())::bigint[])
       AND (spell.ended_at IS NULL OR spell.ended_at > statement_timestamp()))"""
WITH_CONTACT = "EXISTS (SELECT FROM families_contact above WHERE above.id = contact_id)"


def wall(table, seen):
    return migrations.RunSQL(
        f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY seen_by_those_it_is_shared_with ON {table} TO leap_web
         USING ((SELECT leap_past_the_wall()) OR {seen}) WITH CHECK (true)""",
        f"""DROP POLICY seen_by_those_it_is_shared_with ON {table};
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY""",
    )


class Migration(migrations.Migration):
    dependencies = [("families", "0006_visits"), ("leap", "0001_wall")]
    operations = [
        wall("families_alert", INVOLVED),
        wall("families_followup", WITH_CONTACT),
        wall("families_contactversion", WITH_CONTACT),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON families_contactversion FROM leap_web",
            "GRANT UPDATE, DELETE ON families_contactversion TO leap_web",
        ),
    ]
