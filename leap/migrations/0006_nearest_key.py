"""What does not exist is looked for through a row that does, so that it costs as much.

`leap_nearest_key` gives the key of the row with this reference or, where there is none, of the one
that comes next: one descent of the same index. The caller then asks for that row as its reader may
see it, and looks whether it is the one that was meant.
"""

from django.db import migrations

NEAREST = """
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
DO $$
BEGIN
    EXECUTE format(
        'ALTER FUNCTION leap_nearest_key(text, text) SET search_path = %I, pg_temp',
        current_schema);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("leap", "0005_families_of_referrals_not_yet_answered")]
    operations = [
        migrations.RunSQL(NEAREST, "DROP FUNCTION leap_nearest_key(text, text)")
    ]
