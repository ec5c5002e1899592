"""Row-level security on the tables that carry families' records: see leap/wall.py."""

from django.db import migrations

# Roles belong to the whole server, and two databases of it may be migrated at the same time.
ROLE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'leap_web') THEN
        CREATE ROLE leap_web NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

DO $$
BEGIN
    IF NOT pg_has_role(current_user, 'leap_web', 'MEMBER') THEN
        EXECUTE format('GRANT leap_web TO %I', current_user);
    END IF;
END $$;

DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO leap_web', current_schema);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO leap_web',
                   current_schema);
    EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO leap_web', current_schema);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I'
                   ' GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO leap_web', current_schema);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I'
                   ' GRANT USAGE, SELECT ON SEQUENCES TO leap_web', current_schema);
END $$;

-- The log is written by its own trigger; a page can add to it, and neither change nor cut it.
REVOKE UPDATE, DELETE ON audit_event FROM leap_web;
REVOKE ALL ON audit_chain FROM leap_web;
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION audit_event_join_chain() SECURITY DEFINER'
                   ' SET search_path = %I, pg_temp', current_schema);
END $$;
REVOKE ALL ON django_migrations FROM leap_web;
"""

NO_ROLE = """
ALTER FUNCTION audit_event_join_chain() SECURITY INVOKER RESET search_path;
DROP OWNED BY leap_web;
"""

# What the connection has said of its reader; nothing said is nobody.
READER = """
CREATE FUNCTION leap_past_the_wall() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(current_setting('leap.who', true), '') = '*'
$$;
CREATE FUNCTION leap_who() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN leap_past_the_wall() THEN '{}'
                ELSE string_to_array(nullif(current_setting('leap.who', true), ''), ',') END::bigint[]
$$;
CREATE FUNCTION leap_agencies() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT string_to_array(nullif(current_setting('leap.agencies', true), ''), ',')::bigint[]
$$;
CREATE FUNCTION leap_practitioner() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('leap.practitioner', true), '')::bigint
$$;
"""
NO_READER = """
DROP FUNCTION leap_practitioner();
DROP FUNCTION leap_agencies();
DROP FUNCTION leap_who();
DROP FUNCTION leap_past_the_wall();
"""

# Sub-selects without a row of the table in them are worked out once for a statement.
WHO, ME, AGENCIES = (
    "(SELECT leap_who())::bigint[]",
    "(SELECT leap_practitioner())",
    "(SELECT leap_agencies())::bigint[]",
)


def involved(family):
    return f"""EXISTS (
        SELECT FROM families_involvement spell
         WHERE spell.family_id = {family} AND spell.who = ANY({WHO})
           AND (spell.ended_at IS NULL OR spell.ended_at > statement_timestamp()))"""


def asked_about(family, unfinished):
    """A referral of one of my teams, made or received, is about this family."""
    status = "AND asked.status NOT IN ('closed', 'declined', 'redirected', 'withdrawn', 'expired')"
    return f"""EXISTS (
        SELECT FROM referrals_referral asked
         WHERE asked.family_id = {family} {status if unfinished else ""}
           AND (asked.from_team_id = ANY({WHO})
                OR (asked.to_team_id = ANY({WHO}) AND asked.sent_at IS NOT NULL)))"""


def each(table, key, of="id"):
    """Whatever hangs off a row of another walled table is seen with that row."""
    return f"EXISTS (SELECT FROM {table} above WHERE above.{of} = {key})"


def layer(table):
    return f"""({table}.layer = 'shared'
        OR ({table}.layer = 'agency' AND {table}.agency_id = ANY({AGENCIES}))
        OR ({table}.layer = 'restricted' AND {ME} = ANY({table}.named)))"""


POLICIES = {
    # A lead team sees its family from the moment it is written down, before its spell is.
    "families_family": f"""{involved("families_family.id")}
        OR (restriction = '' AND lead_team_id = ANY({WHO}))
        OR (restriction = '' AND {asked_about("families_family.id", unfinished=False)})""",
    # Whoever decides on a referral sees who it is about, and nothing of what was done with them.
    "families_member": f"""{involved("families_member.family_id")}
        OR {asked_about("families_member.family_id", unfinished=True)}""",
    "families_person": f"""(restriction = '' OR EXISTS (
            SELECT FROM families_personreader named
             WHERE named.person_id = families_person.id AND named.practitioner_id = {ME}))
        AND {each("families_member", "families_person.id", of="person_id")}""",
    "families_residence": each("families_person", "families_residence.person_id"),
    "families_contact": f"""{layer("families_contact")}
        AND {involved("families_contact.family_id")}""",
    "families_contactperson": each("families_contact", "families_contactperson.contact_id"),
    "families_observation": f"""{layer("families_observation")}
        AND {each("families_person", "families_observation.person_id")}""",
    "families_shield": f"""{each("families_person", "families_shield.person_id")}
        OR {each("families_person", "families_shield.hidden_from_id")}""",
    "families_safecontact": each("families_person", "families_safecontact.person_id"),
    "families_sharingdecision": involved("families_sharingdecision.family_id"),
    "families_serviceconsent": involved("families_serviceconsent.family_id"),
    "families_breakglass": f"""practitioner_id = {ME}
        OR {involved("families_breakglass.family_id")}""",
    "families_oddlook": involved("families_oddlook.family_id"),
    "referrals_referral": f"""from_team_id = ANY({WHO})
        OR (to_team_id = ANY({WHO}) AND sent_at IS NOT NULL)
        OR {involved("referrals_referral.family_id")}""",
    "referrals_note": each("referrals_referral", "referrals_note.referral_id"),
    "leap_sites_booking": involved("leap_sites_booking.family_id"),
    "leap_sites_attendance": each("families_person", "leap_sites_attendance.person_id"),
    "audit_event": f"""family_ref = ''
        OR by_ref = (SELECT ref::text FROM accounts_user WHERE id = leap_practitioner())
        OR {each("families_family", "audit_event.family_ref", of="ref")}""",
    "safekeeping_draft": f"user_id = {ME}",
    "safekeeping_submission": f"user_id = {ME}",
}


def walls():
    for table, seen in POLICIES.items():
        yield (
            f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            CREATE POLICY seen_by_those_it_is_shared_with ON {table} TO leap_web
             USING ((SELECT leap_past_the_wall()) OR {seen}) WITH CHECK (true)""",
            f"""DROP POLICY seen_by_those_it_is_shared_with ON {table};
            ALTER TABLE {table} DISABLE ROW LEVEL SECURITY""",
        )


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("accounts", "0002_home_postcode"),
        ("audit", "0002_chain_and_protect"),
        ("families", "0002_sharing"),
        ("leap_sites", "0001_first"),
        ("referrals", "0003_note"),
        ("safekeeping", "0001_first"),
    ]
    operations = [
        migrations.RunSQL(ROLE, NO_ROLE),
        migrations.RunSQL(READER, NO_READER),
        *[migrations.RunSQL(forward, backward) for forward, backward in walls()],
    ]
