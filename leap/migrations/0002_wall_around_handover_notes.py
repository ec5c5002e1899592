"""A handover note is for the people of its team, while they may see the family."""

from django.db import migrations

FORWARD = """
ALTER TABLE families_handovernote ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen_by_those_it_is_shared_with ON families_handovernote TO leap_web
 USING ((SELECT leap_past_the_wall())
        OR (team_id = ANY((SELECT leap_who())::bigint[])
            AND EXISTS (SELECT FROM families_family above WHERE above.id = family_id)))
 WITH CHECK (true)
"""
BACKWARD = """
DROP POLICY seen_by_those_it_is_shared_with ON families_handovernote;
ALTER TABLE families_handovernote DISABLE ROW LEVEL SECURITY
"""


class Migration(migrations.Migration):
    dependencies = [("leap", "0001_wall"), ("families", "0003_handover_notes")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
