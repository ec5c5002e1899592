"""A booking for somebody who is kept for named people is seen by them alone.

Behind the wall nobody else finds the mark in the register that would say so: a function of the
owner's looks, for the queryset and for the policy.
"""

from django.db import migrations

IS_KEPT = """
CREATE FUNCTION leap_booking_is_kept(wanted bigint, reader bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 30 AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM leap_sites_attendance place
          JOIN families_person held ON held.id = place.person_id AND held.restriction <> ''
         WHERE place.booking_id = wanted
           AND NOT EXISTS (SELECT FROM families_personreader named
                            WHERE named.person_id = held.id AND named.practitioner_id = reader));
END $$;
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION leap_booking_is_kept(bigint, bigint) SET search_path = %I, pg_temp',
                   current_schema);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leap_sites", "0001_first"),
        ("families", "0002_sharing"),
        ("leap", "0003_referrals_of_restricted_families"),
    ]
    operations = [
        migrations.RunSQL(IS_KEPT, "DROP FUNCTION leap_booking_is_kept(bigint, bigint)"),
        migrations.RunSQL(
            """CREATE POLICY of_kept_people_for_those_named ON leap_sites_booking
             AS RESTRICTIVE TO leap_web
             USING ((SELECT leap_past_the_wall())
                    OR NOT leap_booking_is_kept(id, (SELECT leap_practitioner())))
             WITH CHECK (true)""",
            "DROP POLICY of_kept_people_for_those_named ON leap_sites_booking",
        ),
    ]
