-- What the connection has said of its reader; nothing said is nobody. See session.py.
-- Small enough for the planner to put them into the statement: they have no settings of their own.

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
