-- What does not exist is looked for through a row that does, so that it costs as much. The caller
-- asks for that row as its reader may see it, and looks whether it is the one that was meant.

CREATE FUNCTION leap_nearest_key(of text, typed text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 100 AS $$
DECLARE found bigint;
BEGIN
    EXECUTE format('SELECT id FROM %I WHERE ref >= $1 ORDER BY ref LIMIT 1', of)
       INTO found USING typed;
    IF found IS NULL THEN  -- none comes next: the last one
        EXECUTE format('SELECT id FROM %I ORDER BY ref DESC LIMIT 1', of) INTO found;
    END IF;
    RETURN found;
END $$;
