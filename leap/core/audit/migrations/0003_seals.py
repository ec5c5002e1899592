"""Where every chain stood each night, and triggers that keep the table of chains and the seals."""

import django.utils.timezone
from django.db import migrations, models

FORWARD = r"""
-- A log is emptied no more than it is changed.
CREATE TRIGGER audit_event_stays_whole BEFORE TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse();

CREATE FUNCTION audit_chain_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Adding an event moves its chain on from within a trigger; nobody else may.
    IF TG_OP IN ('INSERT', 'UPDATE') AND pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The log is append-only: where its chains stand is the log''s to say.';
END $$;

CREATE TRIGGER audit_chain_stays BEFORE INSERT OR UPDATE OR DELETE ON audit_chain
FOR EACH ROW EXECUTE FUNCTION audit_chain_refuse();

CREATE FUNCTION audit_seal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log is append-only: a seal is never changed or removed.';
END $$;

CREATE TRIGGER audit_seal_stays BEFORE UPDATE OR DELETE ON audit_seal
FOR EACH ROW EXECUTE FUNCTION audit_seal_refuse();

-- The sealed standing of a chain only ever moves on.
CREATE FUNCTION audit_sealed_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.name = OLD.name AND NEW.length >= OLD.length THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The log is append-only: what a seal covers is never taken back.';
END $$;

CREATE TRIGGER audit_sealed_stays BEFORE UPDATE OR DELETE ON audit_sealed
FOR EACH ROW EXECUTE FUNCTION audit_sealed_refuse();
"""

BACKWARD = """
DROP TRIGGER audit_sealed_stays ON audit_sealed;
DROP TRIGGER audit_seal_stays ON audit_seal;
DROP TRIGGER audit_chain_stays ON audit_chain;
DROP TRIGGER audit_event_stays_whole ON audit_event;
DROP FUNCTION audit_sealed_refuse();
DROP FUNCTION audit_seal_refuse();
DROP FUNCTION audit_chain_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain_and_protect")]
    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("chains", models.BigIntegerField()),
                ("events", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Sealed",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("length", models.BigIntegerField()),
                ("head", models.BinaryField()),
            ],
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
