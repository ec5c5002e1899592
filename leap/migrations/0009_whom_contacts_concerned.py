"""Whom a contact concerned, and which review it was of each child, is read with the contact.

The rows hold a child's review and who was seen alone, so they are no longer keys for everybody to
read. Whether the contact is read is asked of a function whose plan is kept: with the policy of
contacts in that of these rows, a family's history took three times as long. Contacts in turn are
kept back by whom they concerned: that is asked once for a statement, of a function that looks past
policies, for two policies may not read each other's tables.
"""

from django.db import migrations

# Somebody kept for named people is next to nobody, and so are their contacts. Who reads a contact
# is as its own policy says; tests/families/test_people_of_contacts.py holds the two alike.
ASKED = """
CREATE FUNCTION leap_reads_contact(contact bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 20 AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM families_contact c
          JOIN families_involvement spell ON spell.family_id = c.family_id
         WHERE c.id = contact
           AND (c.layer = 'shared'
                OR (c.layer = 'agency' AND c.agency_id = ANY(leap_agencies()))
                OR (c.layer = 'restricted' AND leap_practitioner() = ANY(c.named)))
           AND spell.who = ANY(leap_who())
           AND (spell.ended_at IS NULL OR spell.ended_at > statement_timestamp()));
END $$;
CREATE FUNCTION leap_contacts_of_kept_people() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 100 AS $$
DECLARE kept bigint[] := leap_kept_people();
BEGIN
    IF kept = '{}' THEN
        RETURN kept;
    END IF;
    RETURN ARRAY(SELECT contact_id FROM families_contactperson
                  WHERE concerned AND person_id = ANY(kept));
END $$;
DO $$
DECLARE asks text;
BEGIN
    FOREACH asks IN ARRAY ARRAY['leap_reads_contact(bigint)', 'leap_contacts_of_kept_people()'] LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', asks, current_schema);
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', asks);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO leap_web', asks);
    END LOOP;
END $$;
"""
NOT_ASKED = """
DROP FUNCTION leap_contacts_of_kept_people();
DROP FUNCTION leap_reads_contact(bigint);
"""

PAST = "(SELECT leap_past_the_wall())"
THEM = "(SELECT leap_kept_people())::bigint[]"
THEIR_CONTACTS = "(SELECT leap_contacts_of_kept_people())::bigint[]"
READ = f"{PAST} OR leap_reads_contact(contact_id)"
OPEN = f"{PAST} OR (person_id <> ALL({THEM}) AND contact_id <> ALL({THEIR_CONTACTS}))"


def entries():
    """Contacts and findings about nobody who is kept from the reader."""
    for table, contact, column in (
        ("families_contact", "families_contact.id", "id"),
        ("families_observation", "families_observation.contact_id", "contact_id"),
    ):
        none = "" if column == "id" else f"{column} IS NULL OR "
        now = f"{PAST} OR {none}{column} <> ALL({THEIR_CONTACTS})"
        before = f"""{PAST} OR (({THEM} = '{{}}' OR NOT EXISTS (
            SELECT FROM families_contactperson about WHERE about.contact_id = {contact}
               AND about.concerned AND about.person_id = ANY({THEM}))))"""
        policy = f"ALTER POLICY of_kept_people_for_those_named ON {table}"
        yield (
            f"{policy} USING ({now}) WITH CHECK ({now})",
            f"{policy} USING ({before}) WITH CHECK ({before})",
        )


PEOPLE = (
    f"""ALTER POLICY read ON families_contactperson USING ({READ});
    ALTER POLICY changed ON families_contactperson USING ({READ});
    CREATE POLICY of_kept_people_for_those_named ON families_contactperson AS RESTRICTIVE
     TO leap_web USING ({OPEN}) WITH CHECK ({OPEN})""",
    """DROP POLICY of_kept_people_for_those_named ON families_contactperson;
    ALTER POLICY changed ON families_contactperson USING (true);
    ALTER POLICY read ON families_contactperson USING (true)""",
)
# Nothing has asked since policies ask whether a referral is still to be answered.
UNUSED = "DROP FUNCTION leap_is_asked_about(bigint, boolean)"
AS_BEFORE = """
CREATE FUNCTION leap_is_asked_about(family bigint, unfinished boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 50 AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM referrals_referral asked
         WHERE asked.family_id = family
           AND (asked.from_team_id = ANY(leap_who())
                OR (asked.to_team_id = ANY(leap_who()) AND asked.sent_at IS NOT NULL))
           AND NOT (unfinished AND asked.status IN
                    ('closed', 'declined', 'redirected', 'withdrawn', 'expired')));
END $$;
DO $$ BEGIN EXECUTE format(
    'ALTER FUNCTION leap_is_asked_about(bigint, boolean) SET search_path = %I, pg_temp',
    current_schema);
END $$;
REVOKE EXECUTE ON FUNCTION leap_is_asked_about(bigint, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION leap_is_asked_about(bigint, boolean) TO leap_web;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leap", "0008_writing_behind_policies"),
        ("families", "0014_contacts_from_sessions"),
        ("leap_sites", "0004_registers_behind_policies"),
    ]
    operations = [
        migrations.RunSQL(ASKED, NOT_ASKED),
        *[migrations.RunSQL(*both) for both in (*entries(), PEOPLE)],
        migrations.RunSQL(UNUSED, AS_BEFORE),
    ]
