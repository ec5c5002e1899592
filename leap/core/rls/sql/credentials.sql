-- A page reads the session and the token that it was shown; an admin ends what others sign in with,
-- and reads none of it.

CREATE FUNCTION leap_check_is_own_or_admin(account bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('role') = 'leap_web' AND account IS DISTINCT FROM leap_practitioner()
       AND NOT leap_is_admin() THEN
        PERFORM leap_refuse('Only an admin does this for somebody else.');
    END IF;
END $$;

CREATE FUNCTION leap_open_session(sought text, moment timestamptz)
RETURNS SETOF leap_auth_usersession LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('leap.session', sought, false);
    RETURN QUERY SELECT * FROM leap_auth_usersession s
                  WHERE s.session_key = sought AND s.expire_date > moment;
END $$;

CREATE FUNCTION leap_open_token(sought text) RETURNS SETOF authtoken_token LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('leap.token', sought, false);
    RETURN QUERY SELECT * FROM authtoken_token t WHERE t.key = sought;
END $$;

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
    DELETE FROM leap_auth_recoverycode WHERE user_id = account;
    DELETE FROM leap_auth_secondfactor WHERE user_id = account;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

CREATE FUNCTION leap_end_sessions(account bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE gone bigint;
BEGIN
    PERFORM leap_check_is_own_or_admin(account);
    DELETE FROM leap_auth_usersession WHERE user_id = account;
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
