"""The database itself chains the events and refuses to change or remove one."""

from django.db import migrations

FORWARD = r"""
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
SET enable_seqscan = off AS $$
BEGIN
    -- The chain's row stays locked until this transaction ends, so two events cannot take one place.
    INSERT INTO audit_chain AS c (name, length, head) VALUES (NEW.chain, 1, '\x')
    ON CONFLICT (name) DO UPDATE SET length = c.length + 1
    RETURNING c.length, c.head INTO NEW.position, NEW.previous_hash;
    NEW.hash := audit_event_hash(
        NEW.previous_hash, NEW.position, NEW.chain, NEW.at, NEW.kind, NEW.by_ref, NEW.by_name,
        NEW.team_code, NEW.family_ref, NEW.subject_type, NEW.subject_ref, NEW.details);
    UPDATE audit_chain SET head = NEW.hash WHERE name = NEW.chain;
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
"""

BACKWARD = """
DROP TRIGGER audit_event_stays ON audit_event;
DROP TRIGGER audit_event_joins_chain ON audit_event;
DROP FUNCTION audit_event_refuse();
DROP FUNCTION audit_event_join_chain();
DROP FUNCTION audit_event_hash(bytea, bigint, text, timestamptz, text, text, text, text, text, text, text, jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_first")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
