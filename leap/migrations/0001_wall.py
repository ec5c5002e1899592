"""Row-level security on the tables that carry families' records: see leap/core/rls/session.py."""

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

# Policies are planned anew with every statement, and nest where one reads a walled table: so they
# read tables of keys alone, or ask these. Their plans are kept, and their owner is not walled.
ASKED = """
CREATE FUNCTION leap_is_asked_about(family bigint, unfinished boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 50 AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM referrals_referral asked
         WHERE asked.family_id = family
           AND (asked.from_team_id = ANY(leap_who())
                OR (asked.to_team_id = ANY(leap_who()) AND asked.sent_at IS NOT NULL))
           AND NOT (unfinished AND asked.status IN
                    ('closed', 'declined', 'redirected', 'withdrawn', 'expired')));
END $$;
CREATE FUNCTION leap_may_know(person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 20 AS $$
BEGIN
    RETURN EXISTS (SELECT FROM families_person WHERE id = person AND restriction = '')
        OR EXISTS (SELECT FROM families_personreader
                    WHERE person_id = person AND practitioner_id = leap_practitioner());
END $$;
CREATE FUNCTION leap_family(wanted text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 20 AS $$
BEGIN
    RETURN (SELECT id FROM families_family WHERE ref = wanted);
END $$;
DO $$
DECLARE asks text;
BEGIN
    FOREACH asks IN ARRAY ARRAY['leap_is_asked_about(bigint, boolean)', 'leap_may_know(bigint)',
                                'leap_family(text)'] LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', asks, current_schema);
    END LOOP;
END $$;
"""
NOT_ASKED = """
DROP FUNCTION leap_family(text);
DROP FUNCTION leap_may_know(bigint);
DROP FUNCTION leap_is_asked_about(bigint, boolean);
"""

# Sub-selects without a row of the table in them are worked out once for a statement.
WHO, ME, AGENCIES = (
    "(SELECT leap_who())::bigint[]",
    "(SELECT leap_practitioner())",
    "(SELECT leap_agencies())::bigint[]",
)
LIVE = f"""spell.who = ANY({WHO})
           AND (spell.ended_at IS NULL OR spell.ended_at > statement_timestamp())"""


def involved(family):
    return f"""EXISTS (
        SELECT FROM families_involvement spell WHERE spell.family_id = {family} AND {LIVE})"""


def known(person):
    """Somebody of a family that the reader works with, and not for other named people only."""
    return f"""(EXISTS (
        SELECT FROM families_member belongs
          JOIN families_involvement spell ON spell.family_id = belongs.family_id
         WHERE belongs.person_id = {person} AND {LIVE}) AND leap_may_know({person}))"""


# Whoever decides on a referral sees who it is about, and nothing of what was done with them.
CONSIDERED = """EXISTS (
        SELECT FROM families_member belongs WHERE belongs.person_id = families_person.id
           AND leap_is_asked_about(belongs.family_id, true))"""


def each(table, key):
    """Whatever hangs off a row of another walled table is seen with that row."""
    return f"EXISTS (SELECT FROM {table} above WHERE above.id = {key})"


def layer(table):
    return f"""({table}.layer = 'shared'
        OR ({table}.layer = 'agency' AND {table}.agency_id = ANY({AGENCIES}))
        OR ({table}.layer = 'restricted' AND {ME} = ANY({table}.named)))"""


# Tables of keys alone stay open: involvement, which the policies read, who belongs to which family,
# whom a contact concerned, who is named for a restricted person. What they point at is walled.
POLICIES = {
    # A lead team sees its family from the moment it is written down, before its spell is.
    "families_family": f"""{involved("families_family.id")}
        OR (restriction = '' AND lead_team_id = ANY({WHO}))
        OR (restriction = '' AND leap_is_asked_about(families_family.id, false))""",
    "families_person": f"""(restriction = '' OR leap_may_know(families_person.id))
        AND (EXISTS (
            SELECT FROM families_member belongs
              JOIN families_involvement spell ON spell.family_id = belongs.family_id
             WHERE belongs.person_id = families_person.id AND {LIVE})
            OR {CONSIDERED})""",
    "families_residence": known("families_residence.person_id"),
    "families_contact": f"""{layer("families_contact")}
        AND {involved("families_contact.family_id")}""",
    "families_observation": f"""{layer("families_observation")}
        AND {known("families_observation.person_id")}""",
    "families_shield": f"""{known("families_shield.person_id")}
        OR {known("families_shield.hidden_from_id")}""",
    "families_safecontact": known("families_safecontact.person_id"),
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
    "leap_sites_attendance": known("leap_sites_attendance.person_id"),
    "audit_event": f"""family_ref = ''
        OR by_ref = (SELECT ref::text FROM accounts_user WHERE id = leap_practitioner())
        OR {involved("leap_family(audit_event.family_ref)")}""",
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
        migrations.RunSQL(ASKED, NOT_ASKED),
        *[migrations.RunSQL(forward, backward) for forward, backward in walls()],
    ]
