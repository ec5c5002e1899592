"""What is about somebody who is kept for named people is seen by those named, whatever it hangs on.

Whom the reader may not know of is asked once for a statement, and is next to nobody; an entry is
looked at through the table that says whom it concerns, which holds keys alone.
"""

from django.db import migrations

KEPT = """
CREATE INDEX person_kept ON families_person (id) WHERE restriction <> '';
CREATE FUNCTION leap_kept_people() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 100 AS $$
BEGIN
    RETURN ARRAY(
        SELECT id FROM families_person WHERE restriction <> ''
        EXCEPT
        SELECT person_id FROM families_personreader WHERE practitioner_id = leap_practitioner());
END $$;
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION leap_kept_people() SET search_path = %I, pg_temp', current_schema);
END $$;
"""
NOT_KEPT = "DROP FUNCTION leap_kept_people(); DROP INDEX person_kept"

THEM = "(SELECT leap_kept_people())::bigint[]"


def nobody(person):
    """The column names nobody of them."""
    return f"({person} IS NULL OR {person} <> ALL({THEM}))"


def entry_about_nobody(contact):
    return f"""({THEM} = '{{}}' OR NOT EXISTS (
        SELECT FROM families_contactperson about
         WHERE about.contact_id = {contact} AND about.concerned AND about.person_id = ANY({THEM})))"""


POLICIES = {
    "families_contact": entry_about_nobody("families_contact.id"),
    "families_observation": entry_about_nobody("families_observation.contact_id"),
    "families_followup": nobody("person_id"),
    "families_serviceconsent": nobody("person_id"),
    "families_shield": f"{nobody('person_id')} AND {nobody('hidden_from_id')}",
    "life_loss": nobody("person_id"),
    "plans_goal": nobody("whose_id"),
    "subject_access_request": nobody("person_id"),
    "merging_merge": f"{nobody('kept_person_id')} AND {nobody('gone_person_id')}",
}


def walls():
    for table, seen in POLICIES.items():
        yield (
            f"""CREATE POLICY of_kept_people_for_those_named ON {table} AS RESTRICTIVE TO leap_web
             USING ((SELECT leap_past_the_wall()) OR ({seen})) WITH CHECK (true)""",
            f"DROP POLICY of_kept_people_for_those_named ON {table}",
        )


class Migration(migrations.Migration):
    dependencies = [
        ("leap", "0003_referrals_of_restricted_families"),
        ("families", "0007_wall_around_visits"),
        ("life", "0001_losses_and_moves_out"),
        ("merging", "0001_merges"),
        ("plans", "0001_early_help"),
        ("subject_access", "0002_wall"),
    ]
    operations = [
        migrations.RunSQL(KEPT, NOT_KEPT),
        *[migrations.RunSQL(forward, backward) for forward, backward in walls()],
    ]
