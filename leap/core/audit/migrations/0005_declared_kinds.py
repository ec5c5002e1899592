"""The kinds of events that there are, in a table that `migrate` fills from leap/core/audit/kinds.py; pages
write events of these kinds alone, whatever statement they send."""

from django.db import migrations, models

DECLARED = """
REVOKE INSERT, UPDATE, DELETE ON audit_declaredkind FROM leap_web;

CREATE FUNCTION audit_event_is_declared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM audit_declaredkind WHERE code = NEW.kind) THEN
        PERFORM leap_refuse('This is not a declared kind of event.');
    END IF;
    RETURN NEW;
END $$;
DO $$ BEGIN EXECUTE format(
    'ALTER FUNCTION audit_event_is_declared() SET search_path = %I, pg_temp', current_schema);
END $$;
REVOKE EXECUTE ON FUNCTION audit_event_is_declared() FROM PUBLIC;

CREATE TRIGGER audit_event_declared BEFORE INSERT ON audit_event
FOR EACH ROW WHEN (current_user = 'leap_web') EXECUTE FUNCTION audit_event_is_declared();
"""
NOT_DECLARED = """
DROP TRIGGER audit_event_declared ON audit_event;
DROP FUNCTION audit_event_is_declared();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0004_out_of_reach"),
        ("leap", "0007_secrets_roles_and_the_log"),
    ]
    operations = [
        migrations.CreateModel(
            name="DeclaredKind",
            fields=[("code", models.CharField(max_length=60, primary_key=True, serialize=False))],
        ),
        migrations.RunSQL(DECLARED, NOT_DECLARED),
    ]
