"""Row-level security: notices, and how to be told, are for whose they are alone."""

from django.db import migrations


def own(table, column):
    return migrations.RunSQL(
        f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY seen_by_those_it_is_shared_with ON {table} TO leap_web
         USING ((SELECT leap_past_the_wall()) OR {column} = (SELECT leap_practitioner()))
         WITH CHECK (true)""",
        f"""DROP POLICY seen_by_those_it_is_shared_with ON {table};
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY""",
    )


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_first"), ("leap", "0001_wall")]
    operations = [
        own("notices_notice", "to_id"),
        own("notices_choice", "practitioner_id"),
        own("notices_digest", "to_id"),
    ]
