-- Who runs a session, and marks its register while it is open. The pages ask these, too.

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
      JOIN reference_data_site place ON place.id = s.site_id
      LEFT JOIN reference_data_postcode home ON home.id = place.postcode_id
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

CREATE FUNCTION leap_manages_session(session bigint) RETURNS boolean
LANGUAGE plpgsql STABLE COST 100 AS $$
BEGIN
    RETURN leap_is_admin() OR leap_runs_session(session, leap_practitioner()) = 'manager';
END $$;

-- Whom a register names to its reader: nobody who is kept for others, or whose family is.
CREATE FUNCTION leap_register(session bigint) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN QUERY SELECT place.id FROM leap_sites_attendance place
     WHERE place.session_id = session AND (current_setting('role') <> 'leap_web' OR (
           leap_may_mark(session) AND leap_person_is_open(place.person_id) AND NOT EXISTS (
               SELECT FROM families_member belongs
                 JOIN families_family f ON f.id = belongs.family_id AND f.restriction <> ''
                WHERE belongs.person_id = place.person_id AND NOT leap_works_with(f.id))));
END $$;
