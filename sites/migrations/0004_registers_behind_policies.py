"""Row-level security of registers: marked by whoever runs the session, while it is open.

`leap_runs_session` is the one place that says who that is; the pages ask it, too.
"""

from django.db import migrations

RUNS = """
-- Its staff; the people of its team, or of its site's where it names none, or of those at work in
-- the site's ward where that has none either. A manager of any of these, or of the site's team,
-- corrects it later.
CREATE FUNCTION leap_runs_session(session bigint, practitioner bigint) RETURNS text
LANGUAGE plpgsql STABLE COST 100 AS $$
DECLARE
    today date := (statement_timestamp() AT TIME ZONE 'Europe/London')::date;
    its_team bigint;
    site_team bigint;
    ward text;
    roles text[];
BEGIN
    SELECT s.team_id, place.team_id, home.ward_2011 INTO its_team, site_team, ward
      FROM leap_sites_session s
      JOIN directory_site place ON place.id = s.site_id
      LEFT JOIN directory_postcode home ON home.id = place.postcode_id
     WHERE s.id = session;
    roles := ARRAY(
        SELECT CASE WHEN m.role = 'manager' THEN 'manager'
                    WHEN m.team_id = coalesce(its_team, site_team, m.team_id) THEN 'staff' END
          FROM accounts_membership m JOIN accounts_team t ON t.id = m.team_id
         WHERE m.user_id = practitioner AND m.started_on <= today
           AND (m.ended_on IS NULL OR m.ended_on > today)
           AND (m.team_id IN (its_team, site_team)
                OR (its_team IS NULL AND site_team IS NULL AND ward = ANY(t.ward_codes))));
    RETURN CASE WHEN 'manager' = ANY(roles) THEN 'manager'
                WHEN 'staff' = ANY(roles) THEN 'staff'
                WHEN EXISTS (SELECT FROM leap_sites_sessionstaff named
                              WHERE named.session_id = session
                                AND named.practitioner_id = practitioner) THEN 'staff'
                ELSE '' END;
END $$;
-- A manager's corrections come later; the page asks them for a reason, which the log keeps.
CREATE FUNCTION leap_may_mark(session bigint) RETURNS boolean
LANGUAGE plpgsql STABLE COST 150 AS $$
DECLARE
    today date := (statement_timestamp() AT TIME ZONE 'Europe/London')::date;
    tie text := leap_runs_session(session, leap_practitioner());
BEGIN
    RETURN EXISTS (SELECT FROM leap_sites_session s
                    WHERE s.id = session AND s.cancelled_at IS NULL AND s.register_opens_on <= today
                      AND (tie = 'manager' OR (tie = 'staff' AND s.register_closes_on >= today)));
END $$;
-- Whom a register names to its reader: nobody who is kept for others, or whose family is.
CREATE FUNCTION leap_register(session bigint) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN QUERY SELECT place.id FROM leap_sites_attendance place
     WHERE place.session_id = session AND (current_setting('role') <> 'leap_web' OR (
           leap_may_mark(session) AND leap_may_know(place.person_id) AND NOT EXISTS (
               SELECT FROM families_member belongs
                 JOIN families_family f ON f.id = belongs.family_id AND f.restriction <> ''
                WHERE belongs.person_id = place.person_id AND NOT leap_works_with(f.id))));
END $$;
CREATE FUNCTION leap_check_register() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT leap_past_the_wall() THEN
        PERFORM leap_refuse('A line of a register stays with its person and its session.');
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION leap_manages_session(session bigint) RETURNS boolean
LANGUAGE plpgsql STABLE COST 100 AS $$
BEGIN
    RETURN leap_is_admin() OR leap_runs_session(session, leap_practitioner()) = 'manager';
END $$;
CREATE FUNCTION leap_check_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT leap_manages_session(OLD.id) THEN
        PERFORM leap_refuse('Only a manager of a session says who runs it.');
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
"""
OURS = (
    "leap_runs_session(bigint, bigint)",
    "leap_may_mark(bigint)",
    "leap_register(bigint)",
    "leap_check_register()",
    "leap_manages_session(bigint)",
    "leap_check_session()",
    "leap_check_site()",
)
PATHS = "\n".join(
    f"""DO $$ BEGIN EXECUTE format(
        'ALTER FUNCTION {name} SET search_path = %I, pg_temp', current_schema); END $$;
    REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION {name} TO leap_web;"""
    for name in OURS
)
NO_RUNS = "\n".join(f"DROP FUNCTION {name};" for name in reversed(OURS))

KNOWN = "leap_sees_person(person_id)"
# As it was: read in lists, so planned with them.
READ = """(SELECT leap_past_the_wall()) OR (EXISTS (
    SELECT FROM families_member belongs
      JOIN families_involvement spell ON spell.family_id = belongs.family_id
     WHERE belongs.person_id = leap_sites_attendance.person_id
       AND spell.who = ANY((SELECT leap_who())::bigint[])
       AND (spell.ended_at IS NULL OR spell.ended_at > statement_timestamp()))
    AND leap_may_know(person_id))"""
NOT_MARKED = "status IN ('booked', 'cancelled')"
POLICIES = f"""
DROP POLICY seen_by_those_it_is_shared_with ON leap_sites_attendance;
CREATE POLICY read ON leap_sites_attendance FOR SELECT TO leap_web
 USING ({READ} OR leap_may_mark(session_id));
CREATE POLICY added ON leap_sites_attendance FOR INSERT TO leap_web
 WITH CHECK ({KNOWN} AND ({NOT_MARKED} OR leap_past_the_wall() OR leap_may_mark(session_id)));
CREATE POLICY changed ON leap_sites_attendance FOR UPDATE TO leap_web
 USING ({READ} OR leap_may_mark(session_id))
 WITH CHECK (leap_past_the_wall() OR leap_may_mark(session_id) OR ({KNOWN} AND {NOT_MARKED}));
CREATE POLICY removed ON leap_sites_attendance FOR DELETE TO leap_web
 USING (leap_past_the_wall());
CREATE TRIGGER attendance_stays BEFORE UPDATE ON leap_sites_attendance FOR EACH ROW
WHEN (current_user = 'leap_web' AND (OLD.person_id <> NEW.person_id
                                     OR OLD.session_id <> NEW.session_id))
EXECUTE FUNCTION leap_check_register();

ALTER TABLE leap_sites_sessionstaff ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON leap_sites_sessionstaff FOR SELECT TO leap_web USING (true);
CREATE POLICY added ON leap_sites_sessionstaff FOR INSERT TO leap_web
 WITH CHECK (leap_manages_session(session_id));
CREATE POLICY removed ON leap_sites_sessionstaff FOR DELETE TO leap_web
 USING (leap_manages_session(session_id));
CREATE TRIGGER session_is_run_by BEFORE UPDATE ON leap_sites_session FOR EACH ROW
WHEN (current_user = 'leap_web' AND (OLD.team_id IS DISTINCT FROM NEW.team_id
      OR OLD.site_id <> NEW.site_id OR OLD.during <> NEW.during))
EXECUTE FUNCTION leap_check_session();
CREATE TRIGGER site_is_run_by BEFORE UPDATE ON directory_site FOR EACH ROW
WHEN (current_user = 'leap_web' AND (OLD.team_id IS DISTINCT FROM NEW.team_id
      OR OLD.postcode_id IS DISTINCT FROM NEW.postcode_id))
EXECUTE FUNCTION leap_check_site();
"""
NO_POLICIES = f"""
DROP TRIGGER site_is_run_by ON directory_site;
DROP TRIGGER session_is_run_by ON leap_sites_session;
DROP POLICY removed ON leap_sites_sessionstaff; DROP POLICY added ON leap_sites_sessionstaff;
DROP POLICY read ON leap_sites_sessionstaff;
ALTER TABLE leap_sites_sessionstaff DISABLE ROW LEVEL SECURITY;
DROP TRIGGER attendance_stays ON leap_sites_attendance;
DROP POLICY removed ON leap_sites_attendance; DROP POLICY changed ON leap_sites_attendance;
DROP POLICY added ON leap_sites_attendance; DROP POLICY read ON leap_sites_attendance;
CREATE POLICY seen_by_those_it_is_shared_with ON leap_sites_attendance TO leap_web
 USING ({READ});
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leap_sites", "0003_who_runs_a_session"),
        ("leap", "0008_writing_behind_policies"),
    ]
    operations = [
        migrations.RunSQL(RUNS + PATHS, NO_RUNS),
        migrations.RunSQL(POLICIES, NO_POLICIES),
    ]
