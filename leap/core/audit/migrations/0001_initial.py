import django.utils.timezone
from django.db import migrations, models

from leap.core.migration_operations import CreateModels

CHAIN = r"""
CREATE FUNCTION audit_event_hash(
    previous bytea, place bigint, chain text, at timestamptz, kind text, by_ref text, by_name text,
    team_code text, family_ref text, subject_type text, subject_ref text, details jsonb
) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(previous || convert_to(jsonb_build_array(
        place, chain, extract(epoch FROM at)::numeric(20, 6)::text, kind, by_ref, by_name,
        team_code, family_ref, subject_type, subject_ref, details
    )::text, 'UTF8'))
$$;

-- Planned while the table of chains is small, a look-up would go on reading all of it as it grows
-- within one long transaction: so never by reading it all.
CREATE FUNCTION audit_event_join_chain() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET enable_seqscan = off AS $$
BEGIN
    -- The chain's row stays locked until this transaction ends, so two events cannot take one place.
    INSERT INTO audit_chainhead AS c (name, length, head) VALUES (NEW.chain, 1, '\x')
    ON CONFLICT (name) DO UPDATE SET length = c.length + 1
    RETURNING c.length, c.head INTO NEW.position, NEW.previous_hash;
    NEW.hash := audit_event_hash(
        NEW.previous_hash, NEW.position, NEW.chain, NEW.at, NEW.kind, NEW.by_ref, NEW.by_name,
        NEW.team_code, NEW.family_ref, NEW.subject_type, NEW.subject_ref, NEW.details);
    UPDATE audit_chainhead SET head = NEW.hash WHERE name = NEW.chain;
    RETURN NEW;
END $$;

CREATE TRIGGER audit_event_joins_chain BEFORE INSERT ON audit_event
FOR EACH ROW EXECUTE FUNCTION audit_event_join_chain();

CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log is append-only: an event is never changed or removed.';
END $$;

CREATE TRIGGER audit_event_stays BEFORE UPDATE OR DELETE ON audit_event
FOR EACH ROW EXECUTE FUNCTION audit_event_refuse();

-- A log is emptied no more than it is changed.
CREATE TRIGGER audit_event_stays_whole BEFORE TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse();

CREATE FUNCTION audit_chainhead_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Adding an event moves its chain on from within a trigger; nobody else may.
    IF TG_OP IN ('INSERT', 'UPDATE') AND pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The log is append-only: where its chains stand is the log''s to say.';
END $$;

CREATE TRIGGER audit_chainhead_stays BEFORE INSERT OR UPDATE OR DELETE ON audit_chainhead
FOR EACH ROW EXECUTE FUNCTION audit_chainhead_refuse();

CREATE FUNCTION audit_anchor_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log is append-only: a seal is never changed or removed.';
END $$;

CREATE TRIGGER audit_anchor_stays BEFORE UPDATE OR DELETE ON audit_anchor
FOR EACH ROW EXECUTE FUNCTION audit_anchor_refuse();

-- The sealed standing of a chain only ever moves on.
CREATE FUNCTION audit_chainanchor_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.name = OLD.name AND NEW.length >= OLD.length THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The log is append-only: what a seal covers is never taken back.';
END $$;

CREATE TRIGGER audit_chainanchor_stays BEFORE UPDATE OR DELETE ON audit_chainanchor
FOR EACH ROW EXECUTE FUNCTION audit_chainanchor_refuse();

-- A temporary table must not be read in place of one of ours.
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION audit_event_join_chain() SET search_path = %I, pg_temp', current_schema);
END $$;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Anchor',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField(unique=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('chains', models.BigIntegerField()),
                    ('events', models.BigIntegerField()),
                    ('hash', models.BinaryField()),
                ],
            ),
            migrations.CreateModel(
                name='ChainAnchor',
                fields=[
                    ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                    ('length', models.BigIntegerField()),
                    ('head', models.BinaryField()),
                ],
            ),
            migrations.CreateModel(
                name='ChainHead',
                fields=[
                    ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                    ('length', models.BigIntegerField(default=0)),
                    ('head', models.BinaryField(default=b'')),
                ],
            ),
            migrations.CreateModel(
                name='DeclaredKind',
                fields=[
                    ('code', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ],
            ),
            migrations.CreateModel(
                name='Event',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(db_index=True)),
                    ('kind', models.CharField(max_length=60)),
                    ('by_ref', models.CharField(blank=True, max_length=36)),
                    ('by_name', models.CharField(blank=True, max_length=200)),
                    ('team_code', models.CharField(blank=True, max_length=60)),
                    ('family_ref', models.CharField(blank=True, max_length=20)),
                    ('subject_type', models.CharField(blank=True, max_length=40)),
                    ('subject_ref', models.CharField(blank=True, max_length=40)),
                    ('details', models.JSONField(default=dict)),
                    ('chain', models.CharField(max_length=60)),
                    ('position', models.BigIntegerField(default=0)),
                    ('previous_hash', models.BinaryField(default=b'')),
                    ('hash', models.BinaryField(default=b'')),
                ],
                options={
                    'indexes': [models.Index(fields=['family_ref', '-at'], name='event_of_family_newest_first'), models.Index(fields=['by_ref', 'kind', '-at'], name='event_by_person_and_kind')],
                    'constraints': [models.UniqueConstraint(fields=('chain', 'position'), name='event_place_in_its_chain')],
                },
            ),
        ]),
        migrations.RunSQL(CHAIN, 'DROP FUNCTION audit_chainanchor_refuse() CASCADE; DROP FUNCTION audit_anchor_refuse() CASCADE; DROP FUNCTION audit_chainhead_refuse() CASCADE; DROP FUNCTION audit_event_refuse() CASCADE; DROP FUNCTION audit_event_join_chain() CASCADE; DROP FUNCTION audit_event_hash(bytea, bigint, text, timestamptz, text, text, text, text, text, text, text, jsonb)'),
    ]
