"""Row-level security: a request is seen with its family, a piece with its request and its layer."""

from django.db import migrations

INVOLVED = """EXISTS (
    SELECT FROM families_involvement spell
     WHERE spell.family_id = subject_access_request.family_id
       AND spell.who = ANY((SELECT leap_who())::bigint[])
       AND (spell.ended_at IS NULL OR spell.ended_at > statement_timestamp()))"""
LAYER = """(layer = 'shared'
    OR (layer = 'agency' AND agency_id = ANY((SELECT leap_agencies())::bigint[]))
    OR (layer = 'restricted' AND (SELECT leap_practitioner()) = ANY(named)))
    AND EXISTS (SELECT FROM subject_access_request above
                 WHERE above.id = subject_access_piece.request_id)"""


def wall(table, seen):
    return migrations.RunSQL(
        f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY seen_by_those_it_is_shared_with ON {table} TO leap_web
         USING ((SELECT leap_past_the_wall()) OR {seen}) WITH CHECK (true)""",
        f"""DROP POLICY seen_by_those_it_is_shared_with ON {table};
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY""",
    )


class Migration(migrations.Migration):
    dependencies = [("subject_access", "0001_first"), ("leap", "0001_wall")]
    operations = [
        wall("subject_access_request", INVOLVED),
        wall("subject_access_piece", LAYER),
    ]
