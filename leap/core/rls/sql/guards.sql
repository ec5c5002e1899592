-- Triggers on what pages write. A policy sees a row as it will be, and these what it was.

CREATE FUNCTION leap_refuse(what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = what;
END $$;

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

CREATE FUNCTION leap_check_is_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT leap_is_admin() THEN PERFORM leap_refuse('Only an admin does this.'); END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

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

-- Pages write events of the declared kinds alone, whatever statement they send; `migrate` fills the
-- table of kinds.
CREATE FUNCTION audit_event_is_declared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM audit_declaredkind WHERE code = NEW.kind) THEN
        PERFORM leap_refuse('This is not a declared kind of event.');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION leap_check_family() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.family_id IS NOT NULL AND NOT leap_works_with(NEW.family_id) THEN
        PERFORM leap_refuse('This is not a family that you work with.');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION leap_check_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT leap_works_with(OLD.id) THEN
        PERFORM leap_refuse('The lead is moved by those who work with the family.');
    END IF;
    RETURN NEW;
END $$;

-- The person, or the row of a table, that the column named as the trigger's argument points at.
CREATE FUNCTION leap_check_person() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE person bigint := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
    IF person IS NOT NULL AND NOT leap_sees_person(person) THEN
        PERFORM leap_refuse('This is nobody of a family that you work with.');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION leap_check_seen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    key bigint := to_jsonb(NEW) ->> TG_ARGV[0];
    seen boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE id = $1)', TG_ARGV[1]) INTO seen USING key;
    IF key IS NOT NULL AND NOT seen THEN
        PERFORM leap_refuse('This points at what you may not read.');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION leap_check_referral() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE referral bigint := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
    IF referral IS NOT NULL AND NOT leap_is_side_of(referral) THEN
        PERFORM leap_refuse('This is not a referral of yours.');
    END IF;
    RETURN NEW;
END $$;

-- Whoever may accept a referral may join the family: so none is opened again, or turned to another.
CREATE FUNCTION leap_check_sides() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT leap_rls_bypassed() AND (
        (OLD.status IN ('closed', 'declined', 'redirected', 'withdrawn', 'expired')
         AND NEW.status <> OLD.status)
        OR ((OLD.from_team_id <> NEW.from_team_id OR OLD.to_team_id <> NEW.to_team_id)
            AND NOT leap_works_with(OLD.family_id))) THEN
        PERFORM leap_refuse('A referral that has ended stays so, and keeps its two sides.');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION leap_check_register() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT leap_rls_bypassed() THEN
        PERFORM leap_refuse('A line of a register stays with its person and its session.');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION leap_check_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT leap_manages_session(OLD.id) THEN
        PERFORM leap_refuse('Only a manager of a session changes it.');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION leap_check_new_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM leap_refuse('A session is cancelled, and stays on record.');
    END IF;
    IF NOT (leap_is_admin() OR leap_manages(NEW.team_id) OR leap_manages(
            (SELECT place.team_id FROM reference_data_site place WHERE place.id = NEW.site_id))) THEN
        PERFORM leap_refuse('Only a manager of its team or its site creates a session.');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION leap_check_site() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT leap_is_admin() THEN
        PERFORM leap_refuse('Only an admin says which team runs a site.');
    END IF;
    RETURN NEW;
END $$;
