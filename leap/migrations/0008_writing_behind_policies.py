"""Row-level security for writing: a page writes what its reader could read, and nothing else.

The policies so far said what is read, and let anything be written. From here on a row is written
only where it would be read; who works with a family, who belongs to it, and whom an entry
concerns, which open what they point at, have policies of their own; and what brings a family to a
reader without their working with it (a referral, a task) is written only by those who do.
"""

from django.db import migrations

# Asked by policies, by triggers and by each other; their plans are kept, and their owner's rows
# are not behind policies.
ASKED = """
CREATE INDEX family_restricted ON families_family (id) WHERE restriction <> '';

CREATE FUNCTION leap_works_with(family bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 50 AS $$
BEGIN
    RETURN leap_past_the_wall()
        OR EXISTS (SELECT FROM families_involvement spell
                    WHERE spell.family_id = family AND spell.who = ANY(leap_who())
                      AND (spell.ended_at IS NULL OR spell.ended_at > statement_timestamp()))
        -- A lead team works with its family from the moment it is written down.
        OR EXISTS (SELECT FROM families_family f WHERE f.id = family AND f.restriction = ''
                      AND f.closed_at IS NULL AND f.lead_team_id = ANY(leap_who()));
END $$;
-- Whoever has accepted a referral may begin to work with the family.
CREATE FUNCTION leap_may_join(family bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 50 AS $$
BEGIN
    RETURN leap_works_with(family) OR EXISTS (
        SELECT FROM referrals_referral asked
         WHERE asked.family_id = family AND asked.to_team_id = ANY(leap_who())
           AND asked.accepted_at IS NOT NULL AND asked.status IN ('accepted', 'in_progress'));
END $$;
CREATE FUNCTION leap_sees_person(person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 50 AS $$
BEGIN
    RETURN leap_past_the_wall() OR (leap_may_know(person) AND EXISTS (
        SELECT FROM families_member belongs WHERE belongs.person_id = person
           AND leap_works_with(belongs.family_id)));
END $$;
CREATE FUNCTION leap_is_in_no_family(person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 50 AS $$
BEGIN
    RETURN NOT EXISTS (SELECT FROM families_member belongs WHERE belongs.person_id = person)
       AND NOT EXISTS (SELECT FROM merging_merge WHERE gone_person_id = person)
       AND EXISTS (SELECT FROM families_person WHERE id = person AND restriction = '');
END $$;
CREATE FUNCTION leap_is_side_of(referral bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 50 AS $$
BEGIN
    RETURN leap_past_the_wall() OR EXISTS (
        SELECT FROM referrals_referral r WHERE r.id = referral
           AND (r.from_team_id = ANY(leap_who())
                OR (r.to_team_id = ANY(leap_who()) AND r.sent_at IS NOT NULL)
                OR leap_works_with(r.family_id)));
END $$;
-- Families for named people that the reader is not named for: next to none, so asked once.
CREATE FUNCTION leap_restricted_families() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 100 AS $$
BEGIN
    RETURN ARRAY(
        SELECT f.id FROM families_family f WHERE f.restriction <> '' AND NOT EXISTS (
            SELECT FROM families_involvement spell
             WHERE spell.family_id = f.id AND spell.who = ANY(leap_who())
               AND (spell.ended_at IS NULL OR spell.ended_at > statement_timestamp())));
END $$;

-- A policy sees a row as it will be, and these what it was.
CREATE FUNCTION leap_check_family() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.family_id IS NOT NULL AND NOT leap_works_with(NEW.family_id) THEN
        PERFORM leap_refuse('This is not a family that you work with.');
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION leap_check_referral() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE referral bigint := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
    IF referral IS NOT NULL AND NOT leap_is_side_of(referral) THEN
        PERFORM leap_refuse('This is not a referral of yours.');
    END IF;
    RETURN NEW;
END $$;
-- The person, or the row of a table, that the column named as the trigger's argument points at.
CREATE FUNCTION leap_check_person() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE person bigint := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
    IF person IS NOT NULL AND NOT leap_sees_person(person) THEN
        PERFORM leap_refuse('This is nobody of a family that you work with.');
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION leap_check_seen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    key bigint := to_jsonb(NEW) ->> TG_ARGV[0];
    seen boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE id = $1)', TG_ARGV[1]) INTO seen USING key;
    IF key IS NOT NULL AND NOT seen THEN
        PERFORM leap_refuse('This points at what you may not read.');
    END IF;
    RETURN NEW;
END $$;
-- Whoever may accept a referral may join the family: so none is opened again, or turned to another.
CREATE FUNCTION leap_check_sides() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT leap_past_the_wall() AND (
        (OLD.status IN ('closed', 'declined', 'redirected', 'withdrawn', 'expired')
         AND NEW.status <> OLD.status)
        OR ((OLD.from_team_id <> NEW.from_team_id OR OLD.to_team_id <> NEW.to_team_id)
            AND NOT leap_works_with(OLD.family_id))) THEN
        PERFORM leap_refuse('A referral that has ended stays so, and keeps its two sides.');
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION leap_check_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT leap_works_with(OLD.id) THEN
        PERFORM leap_refuse('The lead is moved by those who work with the family.');
    END IF;
    RETURN NEW;
END $$;
"""
OURS = (
    "leap_works_with(bigint)",
    "leap_may_join(bigint)",
    "leap_sees_person(bigint)",
    "leap_is_in_no_family(bigint)",
    "leap_is_side_of(bigint)",
    "leap_restricted_families()",
    "leap_check_family()",
    "leap_check_referral()",
    "leap_check_person()",
    "leap_check_seen()",
    "leap_check_sides()",
    "leap_check_lead()",
)
GRANTS = "\n".join(
    f"""DO $$ BEGIN EXECUTE format(
        'ALTER FUNCTION {name} SET search_path = %I, pg_temp', current_schema); END $$;
    REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION {name} TO leap_web;"""
    for name in OURS
)
NOT_ASKED = "\n".join(f"DROP FUNCTION {name};" for name in reversed(OURS))

# What is written has to be what is read, wherever nothing else is said below.
AS_READ = """
DO $$
DECLARE policy record;
BEGIN
    FOR policy IN SELECT tablename, policyname, qual FROM pg_policies
                   WHERE schemaname = current_schema AND 'leap_web' = ANY(roles)
                     AND with_check = 'true' LOOP
        EXECUTE format('ALTER POLICY %I ON %I WITH CHECK (%s)',
                       policy.policyname, policy.tablename, policy.qual);
    END LOOP;
END $$;
"""

SEEN = "seen_by_those_it_is_shared_with"
PAST = "(SELECT leap_past_the_wall())"
WHO, ME = "(SELECT leap_who())::bigint[]", "(SELECT leap_practitioner())"
# Without sub-selects: other policies read this table, and are planned with every statement.
SPELL = "leap_past_the_wall() OR who = ANY(leap_who()) OR leap_works_with(family_id)"
CONTACT = "EXISTS (SELECT FROM families_contact above WHERE above.id = contact_id)"
# What opens something else, by command: what is read, and what is written or taken out.
KEYS = {
    "families_involvement": (SPELL, "leap_may_join(family_id)", "leap_works_with(family_id)"),
    "families_member": (
        "true",
        "leap_works_with(family_id) AND (leap_sees_person(person_id)"
        " OR leap_is_in_no_family(person_id))",
        "leap_works_with(family_id)",
    ),
    "families_contactperson": (
        "true",
        f"{PAST} OR (leap_sees_person(person_id) AND {CONTACT})",
        f"{PAST} OR {CONTACT}",
    ),
    "families_personreader": (
        "practitioner_id = leap_practitioner() OR leap_sees_person(person_id)",
        "leap_sees_person(person_id)",
        "leap_sees_person(person_id)",
    ),
    "families_familygroupobjectpermission": (
        "true",
        "leap_may_join(content_object_id)",
        "leap_works_with(content_object_id)",
    ),
    "families_familyuserobjectpermission": (
        "true",
        "leap_may_join(content_object_id)",
        "leap_works_with(content_object_id)",
    ),
}
# Rows that bring a family, or somebody of it, to a reader who does not work with it.
NARROWER = {
    "families_family": f"{PAST} OR leap_works_with(id) OR (restriction = ''"
    f" AND lead_team_id = ANY({WHO}))",
    "families_shield": "leap_sees_person(person_id)",
    "referrals_referral": f"{PAST} OR from_team_id = ANY({WHO})"
    f" OR (to_team_id = ANY({WHO}) AND sent_at IS NOT NULL) OR leap_works_with(family_id)",
    "referrals_task": f"{PAST} OR to_id = {ME} OR team_id = ANY({WHO})",
}
RESTRICTED = f"{PAST} OR family_id <> ALL((SELECT leap_restricted_families())::bigint[])"
TRIGGERS = [
    ("families_family", "lead_team_id", "leap_check_lead", "UPDATE"),
    *[
        (table, "family_id", "leap_check_family", command)
        for table in (
            "families_breakglass",
            "families_followup",
            "referrals_incoming",
            "referrals_outside",
            "referrals_referral",
        )
        for command in ("INSERT", "UPDATE")
    ],
    *[
        (table, column, "leap_check_person", command)
        for table, column in (
            ("families_followup", "person_id"),
            ("families_serviceconsent", "person_id"),
            ("families_shield", "hidden_from_id"),
            ("life_loss", "person_id"),
            ("plans_goal", "whose_id"),
            ("subject_access_request", "person_id"),
            ("subject_access_request", "asked_by_id"),
        )
        for command in ("INSERT", "UPDATE")
    ],
    *[
        (table, f"{column}', '{points_at}", "leap_check_seen", command)
        for table, column, points_at in (
            ("families_observation", "contact_id", "families_contact"),
            ("referrals_referral", "incoming_id", "referrals_incoming"),
        )
        for command in ("INSERT", "UPDATE")
    ],
    *[
        (table, column, "leap_check_referral", command)
        for table, column in (
            ("referrals_referral", "follows_id"),
            ("referrals_task", "referral_id"),
        )
        for command in ("INSERT", "UPDATE")
    ],
]


def keys():
    for table, (read, written, taken) in KEYS.items():
        yield (
            f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            CREATE POLICY read ON {table} FOR SELECT TO leap_web USING ({read});
            CREATE POLICY added ON {table} FOR INSERT TO leap_web WITH CHECK ({written});
            CREATE POLICY changed ON {table} FOR UPDATE TO leap_web
             USING ({read}) WITH CHECK ({written});
            CREATE POLICY removed ON {table} FOR DELETE TO leap_web USING ({taken})""",
            f"""DROP POLICY removed ON {table}; DROP POLICY changed ON {table};
            DROP POLICY added ON {table}; DROP POLICY read ON {table};
            ALTER TABLE {table} DISABLE ROW LEVEL SECURITY""",
        )


def narrower():
    for table, written in NARROWER.items():
        yield (
            f"ALTER POLICY {SEEN} ON {table} WITH CHECK ({written})",
            f"ALTER POLICY {SEEN} ON {table} WITH CHECK (true)",
        )


def restricted():
    for table in ("referrals_referral", "referrals_outside"):
        yield (
            f"ALTER POLICY of_restricted_families_for_those_named ON {table}"
            f" USING ({RESTRICTED}) WITH CHECK ({RESTRICTED})",
            migrations.RunSQL.noop,
        )


SIDES = """CREATE TRIGGER referrals_referral_sides BEFORE UPDATE ON referrals_referral FOR EACH ROW
WHEN (current_user = 'leap_web' AND (OLD.status <> NEW.status
      OR OLD.from_team_id <> NEW.from_team_id OR OLD.to_team_id <> NEW.to_team_id))
EXECUTE FUNCTION leap_check_sides()"""


def triggers():
    yield SIDES, "DROP TRIGGER referrals_referral_sides ON referrals_referral"
    for table, arguments, function, command in TRIGGERS:
        column = arguments.split("'")[0]
        name = f"{table}_{column}_{command.lower()}"
        changed = "" if command == "INSERT" else f" AND OLD.{column} IS DISTINCT FROM NEW.{column}"
        yield (
            f"""CREATE TRIGGER {name} BEFORE {command} ON {table} FOR EACH ROW
            WHEN (current_user = 'leap_web'{changed}) EXECUTE FUNCTION {function}('{arguments}')""",
            f"DROP TRIGGER {name} ON {table}",
        )


class Migration(migrations.Migration):
    dependencies = [
        ("leap", "0007_secrets_roles_and_the_log"),
        ("families", "0014_contacts_from_sessions"),
        ("referrals", "0020_mine_and_nobodys"),
        ("leap_sites", "0002_bookings_of_kept_people"),
        ("life", "0001_losses_and_moves_out"),
        ("merging", "0001_merges"),
        ("notices", "0002_wall"),
        ("plans", "0001_early_help"),
        ("prompts", "0002_wall"),
        ("retention", "0001_legal_hold"),
        ("subject_access", "0002_wall"),
    ]
    operations = [
        migrations.RunSQL(ASKED + GRANTS, NOT_ASKED + "DROP INDEX family_restricted;"),
        migrations.RunSQL(AS_READ, migrations.RunSQL.noop),
        *[migrations.RunSQL(*both) for both in (*keys(), *narrower(), *restricted(), *triggers())],
    ]
