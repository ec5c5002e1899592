-- What policies, triggers and querysets ask of the reader. Policies are planned anew with every
-- statement, and nest where one reads a table behind another: so they read tables of keys alone, or
-- ask these. Their plans are kept, and their owner is not behind policies.

CREATE FUNCTION leap_is_admin() RETURNS boolean LANGUAGE plpgsql STABLE COST 20 AS $$
BEGIN
    RETURN EXISTS (SELECT FROM accounts_user WHERE id = leap_practitioner()
                      AND programme_role = 'admin' AND is_active);
END $$;

CREATE FUNCTION leap_manages(team bigint) RETURNS boolean LANGUAGE plpgsql STABLE COST 20 AS $$
DECLARE today date := (statement_timestamp() AT TIME ZONE 'Europe/London')::date;
BEGIN
    RETURN EXISTS (SELECT FROM accounts_membership m
                    WHERE m.user_id = leap_practitioner() AND m.team_id = team
                      AND m.role = 'manager' AND m.started_on <= today
                      AND (m.ended_on IS NULL OR m.ended_on > today));
END $$;

CREATE FUNCTION leap_works_with(family bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 50 AS $$
BEGIN
    RETURN leap_rls_bypassed()
        OR EXISTS (SELECT FROM families_involvement spell
                    WHERE spell.family_id = family AND spell.who = ANY(leap_access_keys())
                      AND leap_is_live(spell.ended_at))
        -- A lead team works with its family from the moment it is written down.
        OR EXISTS (SELECT FROM families_family f WHERE f.id = family AND f.restriction = ''
                      AND f.closed_at IS NULL AND f.lead_team_id = ANY(leap_access_keys()));
END $$;

-- Whoever has accepted a referral may begin to work with the family.
CREATE FUNCTION leap_may_join(family bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 50 AS $$
BEGIN
    RETURN leap_works_with(family) OR EXISTS (
        SELECT FROM referrals_referral asked
         WHERE asked.family_id = family AND asked.to_team_id = ANY(leap_access_keys())
           AND asked.accepted_at IS NOT NULL AND asked.status IN ('accepted', 'in_progress'));
END $$;

CREATE FUNCTION leap_has_referral_to_answer(family bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 50 AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM referrals_referral asked
         WHERE asked.family_id = family AND asked.to_team_id = ANY(leap_access_keys())
           AND asked.sent_at IS NOT NULL
           AND asked.status IN ('sent', 'information_asked', 'acknowledged'))
       AND NOT EXISTS (
        SELECT FROM families_involvement spell
         WHERE spell.family_id = family AND spell.names_only);
END $$;

CREATE FUNCTION leap_person_is_open(person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 20 AS $$
BEGIN
    RETURN EXISTS (SELECT FROM families_person WHERE id = person AND restriction = '')
        OR EXISTS (SELECT FROM families_personreader
                    WHERE person_id = person AND practitioner_id = leap_practitioner());
END $$;

CREATE FUNCTION leap_sees_person(person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 50 AS $$
BEGIN
    RETURN leap_rls_bypassed() OR (leap_person_is_open(person) AND EXISTS (
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
    RETURN leap_rls_bypassed() OR EXISTS (
        SELECT FROM referrals_referral r WHERE r.id = referral
           AND (r.from_team_id = ANY(leap_access_keys())
                OR (r.to_team_id = ANY(leap_access_keys()) AND r.sent_at IS NOT NULL)
                OR leap_works_with(r.family_id)));
END $$;

CREATE FUNCTION leap_reads_contact(contact bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 20 AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM families_contact c
          JOIN families_involvement spell ON spell.family_id = c.family_id
         WHERE c.id = contact
           AND leap_layer_is_open(c.layer, c.agency_id, c.named, leap_agencies(), leap_practitioner())
           AND spell.who = ANY(leap_access_keys())
           AND leap_is_live(spell.ended_at));
END $$;

CREATE FUNCTION leap_restricted_people() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 100 AS $$
BEGIN
    RETURN ARRAY(
        SELECT id FROM families_person WHERE restriction <> ''
        EXCEPT
        SELECT person_id FROM families_personreader WHERE practitioner_id = leap_practitioner());
END $$;

CREATE FUNCTION leap_contacts_of_restricted_people() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 100 AS $$
DECLARE kept bigint[] := leap_restricted_people();
BEGIN
    IF kept = '{}' THEN
        RETURN kept;
    END IF;
    RETURN ARRAY(SELECT contact_id FROM families_contactperson
                  WHERE concerned AND person_id = ANY(kept));
END $$;

-- Families for named people that the reader is not named for: next to none, so asked once.
CREATE FUNCTION leap_restricted_families() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 100 AS $$
BEGIN
    RETURN ARRAY(
        SELECT f.id FROM families_family f WHERE f.restriction <> '' AND NOT EXISTS (
            SELECT FROM families_involvement spell
             WHERE spell.family_id = f.id AND spell.who = ANY(leap_access_keys())
               AND leap_is_live(spell.ended_at)));
END $$;

CREATE FUNCTION leap_booking_is_restricted(wanted bigint, reader bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 30 AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM leap_sites_attendance place
          JOIN families_person held ON held.id = place.person_id AND held.restriction <> ''
         WHERE place.booking_id = wanted
           AND NOT EXISTS (SELECT FROM families_personreader named
                            WHERE named.person_id = held.id AND named.practitioner_id = reader));
END $$;

CREATE FUNCTION leap_family(wanted text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 20 AS $$
BEGIN
    RETURN (SELECT id FROM families_family WHERE ref = wanted);
END $$;

-- Which record a referral is about, by its reference, for those who read the referral.
CREATE FUNCTION leap_family_of_referral(family bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 50 AS $$
BEGIN
    RETURN (SELECT f.ref FROM families_family f WHERE f.id = family AND (
        EXISTS (SELECT FROM referrals_referral r WHERE r.family_id = f.id
                   AND (r.from_team_id = ANY(leap_access_keys()) OR r.to_team_id = ANY(leap_access_keys())))
        OR EXISTS (SELECT FROM referrals_externalreferral o
                    WHERE o.family_id = f.id AND o.from_team_id = ANY(leap_access_keys()))
        OR EXISTS (SELECT FROM referrals_task t JOIN referrals_referral r ON r.id = t.referral_id
                    WHERE r.family_id = f.id AND t.to_id = leap_practitioner())));
END $$;
