"""A contact is of a session that there is, on its day, of its service and at its site.

`leap_why_not_of_session` is the one place that says so: the action that logs a contact asks it for
the sentence, and a trigger holds it for whoever writes past the action. `people` is NULL where
nobody is asked about, as in the trigger, for which there is nobody yet.
"""

from django.db import migrations

RULE = """
CREATE FUNCTION leap_why_not_of_session(
    session text, at timestamptz, service bigint, site bigint, attended boolean, people bigint[]
) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    held record;
    day date := (at AT TIME ZONE 'Europe/London')::date;
BEGIN
    SELECT s.id, s.cancelled_at, s.service_id, s.site_id, kind.name AS kind, place.name AS place,
           (lower(s.during) AT TIME ZONE 'Europe/London')::date AS began,
           (upper(s.during) AT TIME ZONE 'Europe/London')::date AS ended INTO held
      FROM leap_sites_session s
      JOIN directory_service kind ON kind.id = s.service_id
      JOIN directory_site place ON place.id = s.site_id
     WHERE s.ref = session;
    RETURN CASE
        WHEN held.id IS NULL THEN format(
            'There is no session “%s”. Check the reference, or leave it out.', session)
        WHEN held.cancelled_at IS NOT NULL THEN format(
            'Session %s was cancelled, so no contact was part of it. Leave it out.', session)
        WHEN day NOT BETWEEN held.began AND held.ended THEN format(
            'Session %s was on %s, and this contact on %s. Correct the day, or leave the session'
            ' out.', session, to_char(held.began, 'FMDD FMMonth YYYY'),
            to_char(day, 'FMDD FMMonth YYYY'))
        WHEN service <> held.service_id THEN format(
            'Session %s was of %s. Choose that service, or leave the session out.',
            session, held.kind)
        WHEN site <> held.site_id THEN format(
            'Session %s was at %s. Choose that site, or leave the session out.',
            session, held.place)
        WHEN people IS NOT NULL AND NOT EXISTS (
            SELECT FROM leap_sites_attendance there
             WHERE there.session_id = held.id AND there.person_id = ANY(people)
               AND there.status <> 'cancelled'
               AND (there.status <> 'did_not_attend' OR NOT attended)) THEN format(
            'By its register, nobody of this contact was at session %s. Put them on the register'
            ' first, or leave the session out.', session)
        ELSE '' END;
END $$;
CREATE FUNCTION leap_check_session_of_contact() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    why text := leap_why_not_of_session(
        NEW.session_ref, NEW.occurred_at, NEW.service_id, NEW.site_id, true, NULL);
BEGIN
    IF why <> '' THEN
        RAISE check_violation USING MESSAGE = why;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER leap_session_of_contact
    BEFORE INSERT OR UPDATE OF session_ref, occurred_at, service_id, site_id ON families_contact
    FOR EACH ROW WHEN (NEW.session_ref <> '') EXECUTE FUNCTION leap_check_session_of_contact();
"""
BACK = """
DROP TRIGGER leap_session_of_contact ON families_contact;
DROP FUNCTION leap_check_session_of_contact();
DROP FUNCTION leap_why_not_of_session(text, timestamptz, bigint, bigint, boolean, bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leap_sites", "0004_registers_behind_policies"),
        ("families", "0014_contacts_from_sessions"),
    ]
    operations = [migrations.RunSQL(RULE, BACK)]
