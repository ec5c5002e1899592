"""Row-level security for what people sign in with, for who may do what, and for the log.

Nobody but its owner reads a password's hash, a session, a token or a second factor; a message can
be written to the outbox and its body not read again; nobody changes their own role or team, and an
event in the log says truly who did it. docs/decisions/0030-writing-behind-policies.md says why so.
"""

from django.db import migrations

# What the connection holds or is, beside what leap/migrations/0001_wall.py gives.
READER = """
CREATE FUNCTION leap_is_admin() RETURNS boolean LANGUAGE plpgsql STABLE COST 20 AS $$
BEGIN
    RETURN EXISTS (SELECT FROM accounts_user WHERE id = leap_practitioner()
                      AND programme_role = 'admin' AND is_active);
END $$;
CREATE FUNCTION leap_manages(team bigint) RETURNS boolean LANGUAGE plpgsql STABLE COST 20 AS $$
DECLARE today date := (statement_timestamp() AT TIME ZONE 'Europe/London')::date;
BEGIN
    RETURN EXISTS (SELECT FROM accounts_membership m
                    WHERE m.user_id = leap_practitioner() AND m.team_id = team
                      AND m.role = 'manager' AND m.started_on <= today
                      AND (m.ended_on IS NULL OR m.ended_on > today));
END $$;
CREATE FUNCTION leap_refuse(what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = what;
END $$;
CREATE FUNCTION leap_check_is_own_or_admin(account bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('role') = 'leap_web' AND account IS DISTINCT FROM leap_practitioner()
       AND NOT leap_is_admin() THEN
        PERFORM leap_refuse('Only an admin does this for somebody else.');
    END IF;
END $$;
CREATE FUNCTION leap_open_session(sought text, moment timestamptz)
RETURNS SETOF signing_in_session LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('leap.session', sought, false);
    RETURN QUERY SELECT * FROM signing_in_session s
                  WHERE s.session_key = sought AND s.expire_date > moment;
END $$;
CREATE FUNCTION leap_open_token(sought text) RETURNS SETOF authtoken_token LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('leap.token', sought, false);
    RETURN QUERY SELECT * FROM authtoken_token t WHERE t.key = sought;
END $$;
"""
# An admin ends what others sign in with, and reads none of it.
ENDING = """
CREATE FUNCTION leap_forget_password(account bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    PERFORM leap_check_is_own_or_admin(account);
    DELETE FROM accounts_credential WHERE user_id = account;
END $$;
CREATE FUNCTION leap_forget_second_factor(account bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE gone bigint;
BEGIN
    PERFORM leap_check_is_own_or_admin(account);
    DELETE FROM signing_in_recoverycode WHERE user_id = account;
    DELETE FROM signing_in_secondfactor WHERE user_id = account;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
CREATE FUNCTION leap_end_sessions(account bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE gone bigint;
BEGIN
    PERFORM leap_check_is_own_or_admin(account);
    DELETE FROM signing_in_session WHERE user_id = account;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
CREATE FUNCTION leap_end_tokens(account bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE gone bigint;
BEGIN
    PERFORM leap_check_is_own_or_admin(account);
    DELETE FROM authtoken_token WHERE user_id = account;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
"""
# Who works where is everybody's to read, and an admin's to change; never one's own.
GUARDS = """
CREATE FUNCTION accounts_user_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    me bigint := leap_practitioner();
    changed text[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF leap_is_admin() AND NOT NEW.is_superuser THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        changed := ARRAY(SELECT n.key FROM jsonb_each(to_jsonb(NEW)) n
                          WHERE n.value IS DISTINCT FROM to_jsonb(OLD) -> n.key);
        IF changed = '{}' THEN RETURN NEW; END IF;
        IF NEW.id = me AND changed <@ ARRAY['name', 'telephone', 'home_postcode', 'last_login',
                                            'has_password', 'credential_version'] THEN
            RETURN NEW;
        END IF;
        IF leap_is_admin() AND NOT changed && ARRAY['id', 'ref', 'is_superuser']
           AND (OLD.id <> me OR NOT changed && ARRAY['programme_role', 'is_active']) THEN
            RETURN NEW;
        END IF;
    END IF;
    PERFORM leap_refuse('Only an admin changes accounts, and nobody their own role.');
END $$;
CREATE TRIGGER accounts_user_is_guarded BEFORE INSERT OR UPDATE OR DELETE ON accounts_user
FOR EACH ROW WHEN (current_user = 'leap_web') EXECUTE FUNCTION accounts_user_guard();

CREATE FUNCTION accounts_membership_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE me bigint := leap_practitioner();
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF leap_is_admin() AND NEW.user_id <> me THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        IF OLD.user_id <> me AND NEW.user_id = OLD.user_id AND NEW.team_id = OLD.team_id
           AND (leap_is_admin() OR (NEW.role = OLD.role AND leap_manages(OLD.team_id))) THEN
            RETURN NEW;
        END IF;
        IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;
    END IF;
    PERFORM leap_refuse('Only an admin says who is in a team, and nobody for themselves.');
END $$;
CREATE TRIGGER accounts_membership_is_guarded
BEFORE INSERT OR UPDATE OR DELETE ON accounts_membership
FOR EACH ROW WHEN (current_user = 'leap_web') EXECUTE FUNCTION accounts_membership_guard();

CREATE FUNCTION accounts_team_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed text[];
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') AND leap_is_admin() THEN RETURN NEW; END IF;
    IF TG_OP = 'UPDATE' THEN
        changed := ARRAY(SELECT n.key FROM jsonb_each(to_jsonb(NEW)) n
                          WHERE n.value IS DISTINCT FROM to_jsonb(OLD) -> n.key);
        IF changed = '{}' OR (changed <@ ARRAY['intake_paused_at', 'instead']
                              AND leap_manages(OLD.id)) THEN
            RETURN NEW;
        END IF;
    END IF;
    PERFORM leap_refuse('Only an admin changes teams.');
END $$;
CREATE TRIGGER accounts_team_is_guarded BEFORE INSERT OR UPDATE OR DELETE ON accounts_team
FOR EACH ROW WHEN (current_user = 'leap_web') EXECUTE FUNCTION accounts_team_guard();

CREATE FUNCTION leap_check_is_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT leap_is_admin() THEN PERFORM leap_refuse('Only an admin does this.'); END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_agency_is_guarded BEFORE INSERT OR UPDATE OR DELETE ON accounts_agency
FOR EACH ROW WHEN (current_user = 'leap_web') EXECUTE FUNCTION leap_check_is_admin();
CREATE TRIGGER auth_group_is_guarded BEFORE INSERT OR UPDATE OR DELETE ON auth_group
FOR EACH ROW WHEN (current_user = 'leap_web') EXECUTE FUNCTION leap_check_is_admin();

CREATE FUNCTION accounts_user_groups_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE team bigint;
BEGIN
    IF TG_OP = 'INSERT' AND leap_is_admin() AND NEW.user_id <> leap_practitioner() THEN
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' AND OLD.user_id <> leap_practitioner() THEN
        SELECT id INTO team FROM accounts_team WHERE group_id = OLD.group_id;
        IF leap_is_admin() OR leap_manages(team) THEN RETURN OLD; END IF;
    END IF;
    PERFORM leap_refuse('Only an admin says who is in a team, and nobody for themselves.');
END $$;
CREATE TRIGGER accounts_user_groups_is_guarded
BEFORE INSERT OR UPDATE OR DELETE ON accounts_user_groups
FOR EACH ROW WHEN (current_user = 'leap_web') EXECUTE FUNCTION accounts_user_groups_guard();

REVOKE INSERT, UPDATE, DELETE ON accounts_user_user_permissions, auth_group_permissions,
    auth_permission, django_content_type, guardian_groupobjectpermission,
    guardian_userobjectpermission FROM leap_web;
REVOKE ALL ON django_session FROM leap_web;

-- An event is its reader's own, and stands in the chain that it belongs to.
CREATE FUNCTION audit_event_is_of_its_actor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE actor record;
BEGIN
    SELECT ref::text AS ref, name INTO actor FROM accounts_user WHERE id = leap_practitioner();
    IF NEW.by_ref <> '' AND NEW.by_ref IS NOT DISTINCT FROM actor.ref THEN
        NEW.by_name := actor.name;
        NEW.chain := coalesce(nullif(NEW.family_ref, ''), 'by:' || NEW.by_ref);
        RETURN NEW;
    END IF;
    -- Signed out, the system writes, or somebody outside: a wrong password, a letter from a school.
    IF NEW.by_ref = '' AND (NEW.by_name LIKE 'outside: %' OR (NEW.by_name = 'the system' AND (
           actor.ref IS NULL OR NEW.kind = 'sign_in.failed'))) THEN
        NEW.chain := coalesce(nullif(NEW.family_ref, ''), 'system');
        RETURN NEW;
    END IF;
    PERFORM leap_refuse('Nobody writes to the log in another''s name.');
END $$;
CREATE TRIGGER audit_event_actor BEFORE INSERT ON audit_event
FOR EACH ROW WHEN (current_user = 'leap_web') EXECUTE FUNCTION audit_event_is_of_its_actor();
"""
OURS = (
    "leap_is_admin()",
    "leap_manages(bigint)",
    "leap_refuse(text)",
    "leap_check_is_own_or_admin(bigint)",
    "leap_open_session(text, timestamptz)",
    "leap_open_token(text)",
    "leap_forget_password(bigint)",
    "leap_forget_second_factor(bigint)",
    "leap_end_sessions(bigint)",
    "leap_end_tokens(bigint)",
    "accounts_user_guard()",
    "accounts_membership_guard()",
    "accounts_team_guard()",
    "leap_check_is_admin()",
    "accounts_user_groups_guard()",
    "audit_event_is_of_its_actor()",
)
# Made before this, and asked by policies: for the pages' role alone from now on.
EARLIER = (
    "leap_is_asked_about(bigint, boolean)",
    "leap_may_know(bigint)",
    "leap_family(text)",
    "leap_kept_people()",
    "leap_nearest_key(text, text)",
    "leap_booking_is_kept(bigint, bigint)",
)
GRANTS = "\n".join(
    [
        # A temporary table of the same name must not be read in place of ours.
        *(
            f"""DO $$ BEGIN EXECUTE format(
                'ALTER FUNCTION {name} SET search_path = %I, pg_temp', current_schema); END $$;"""
            for name in OURS
        ),
        *(
            f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC;"
            f" GRANT EXECUTE ON FUNCTION {name} TO leap_web;"
            for name in (*OURS, *EARLIER)
        ),
    ]
)
NO_GUARDS = """
DROP TRIGGER audit_event_actor ON audit_event;
DROP TRIGGER accounts_user_groups_is_guarded ON accounts_user_groups;
DROP TRIGGER auth_group_is_guarded ON auth_group;
DROP TRIGGER accounts_agency_is_guarded ON accounts_agency;
DROP TRIGGER accounts_team_is_guarded ON accounts_team;
DROP TRIGGER accounts_membership_is_guarded ON accounts_membership;
DROP TRIGGER accounts_user_is_guarded ON accounts_user;
""" + "\n".join(f"DROP FUNCTION {name};" for name in reversed(OURS))

ME = "(SELECT leap_practitioner())"
OWN = f"user_id = {ME}"
HELD = "session_key = (SELECT current_setting('leap.session', true))"
SECRETS = {
    "accounts_credential": (OWN, OWN),
    "signing_in_secondfactor": (OWN, OWN),
    "signing_in_recoverycode": (OWN, OWN),
    "signing_in_session": (
        f"{HELD} OR {OWN}",
        f"({HELD} AND user_id IS NULL) OR {OWN}",
    ),
    # Made and ended at the console, and by admins; a page reads the one that it was shown.
    "authtoken_token": ("key = (SELECT current_setting('leap.token', true))", "false"),
}
OUTBOX = f"""
ALTER TABLE safekeeping_message ENABLE ROW LEVEL SECURITY;
CREATE POLICY written_by_everybody ON safekeeping_message FOR INSERT TO leap_web
 WITH CHECK (delivered_at IS NULL AND told_at IS NULL);
CREATE POLICY read_by_admins ON safekeeping_message FOR SELECT TO leap_web
 USING ((SELECT leap_is_admin()));
CREATE POLICY tried_again_by_admins ON safekeeping_message FOR UPDATE TO leap_web
 USING ((SELECT leap_is_admin())) WITH CHECK (told_by_id IS NULL OR told_by_id = {ME});
REVOKE SELECT, UPDATE, DELETE ON safekeeping_message FROM leap_web;
GRANT SELECT (id, key, channel, "to", subject, made_at, attempts, next_try_at, delivered_at,
              last_error, told_at, told_by_id) ON safekeeping_message TO leap_web;
GRANT UPDATE (next_try_at, told_at, told_by_id) ON safekeeping_message TO leap_web;
"""
NO_OUTBOX = """
DROP POLICY written_by_everybody ON safekeeping_message;
DROP POLICY read_by_admins ON safekeeping_message;
DROP POLICY tried_again_by_admins ON safekeeping_message;
ALTER TABLE safekeeping_message DISABLE ROW LEVEL SECURITY;
GRANT SELECT, UPDATE, DELETE ON safekeeping_message TO leap_web;
"""


def secrets():
    for table, (read, written) in SECRETS.items():
        yield (
            f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            CREATE POLICY of_its_owner ON {table} TO leap_web USING ({read}) WITH CHECK ({written})
            """,
            f"DROP POLICY of_its_owner ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )


class Migration(migrations.Migration):
    dependencies = [
        ("leap", "0006_nearest_key"),
        ("accounts", "0006_credentials"),
        ("audit", "0004_out_of_reach"),
        ("authtoken", "0004_alter_tokenproxy_options"),
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
        ("leap_sites", "0002_bookings_of_kept_people"),
        ("safekeeping", "0005_sizes"),
        ("sessions", "0001_initial"),
        ("signing_in", "0001_sessions_second_factors_and_guesses"),
    ]
    operations = [
        migrations.RunSQL(READER + ENDING + GUARDS + GRANTS, NO_GUARDS),
        *[migrations.RunSQL(forward, backward) for forward, backward in secrets()],
        migrations.RunSQL(OUTBOX, NO_OUTBOX),
        *[
            migrations.RunSQL(
                f"ALTER POLICY seen_by_those_it_is_shared_with ON {table} WITH CHECK ({OWN})",
                f"ALTER POLICY seen_by_those_it_is_shared_with ON {table} WITH CHECK (true)",
            )
            for table in ("safekeeping_draft", "safekeeping_submission")
        ],
    ]
