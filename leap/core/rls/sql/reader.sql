-- What the connection has said of its reader; nothing said is nobody. See session.py.
-- And what a spell of work and an entry's layer mean, for policies, raw SQL and querysets alike.
-- Small enough for the planner to put them into the statement: they have no settings of their own.

CREATE FUNCTION leap_rls_bypassed() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(current_setting('leap.access_keys', true), '') = '*'
$$;

CREATE FUNCTION leap_access_keys() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN leap_rls_bypassed() THEN '{}'
                ELSE string_to_array(nullif(current_setting('leap.access_keys', true), ''), ',') END::bigint[]
$$;

CREATE FUNCTION leap_agencies() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT string_to_array(nullif(current_setting('leap.agencies', true), ''), ',')::bigint[]
$$;

CREATE FUNCTION leap_practitioner() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('leap.practitioner', true), '')::bigint
$$;

-- A spell of work, a shield or an alert that has not ended by then.
CREATE FUNCTION leap_is_live(ended_at timestamptz, at timestamptz DEFAULT statement_timestamp())
RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT ended_at IS NULL OR ended_at > at
$$;

-- An entry's layer is open to a reader: to everybody with the family, to an agency, or to named people.
CREATE FUNCTION leap_layer_is_open(
    layer text, agency bigint, named bigint[], agencies bigint[], practitioner bigint
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT layer = 'shared' OR (layer = 'agency' AND agency = ANY(agencies))
        OR (layer = 'restricted' AND practitioner = ANY(named))
$$;
