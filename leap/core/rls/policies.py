"""Who reads and writes which rows: every policy of the pages' role, stated once.

`manage.py migrate` lays them down (see schema.py), and tests/test_rls_schema.py compares them with
the catalogue. A row is written only where it would be read, unless a policy says otherwise. Tables
that are not named here are not behind row-level security.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from leap.core.rls.expressions import layer_is_open

# Sub-selects without a row of the table in them are worked out once for a statement.
BYPASSED = "(SELECT leap_rls_bypassed())"
KEYS = "(SELECT leap_access_keys())::bigint[]"
ME = "(SELECT leap_practitioner())"
AGENCIES = "(SELECT leap_agencies())::bigint[]"
RESTRICTED_PEOPLE = "(SELECT leap_restricted_people())::bigint[]"
THEIR_CONTACTS = "(SELECT leap_contacts_of_restricted_people())::bigint[]"
RESTRICTED_FAMILIES = "(SELECT leap_restricted_families())::bigint[]"

SHARED = "visible_to_reader"
OF_RESTRICTED_PEOPLE = "restricted_people"
OF_RESTRICTED_FAMILIES = "restricted_families"


@dataclass(frozen=True)
class Policy:
    """One policy of a table: which rows are read (`using`), and how they may be written (`check`).

    Of the permissive ones of a table any opens a row; every restrictive one must agree to it.
    """

    table: str
    name: str
    using: str = ""
    check: str = ""
    command: str = "ALL"
    restrictive: bool = False

    def statement(self) -> str:
        """The SQL that lays it down."""
        kind = "AS RESTRICTIVE " if self.restrictive else ""
        using = f" USING ({self.using})" if self.using else ""
        check = f" WITH CHECK ({self.check})" if self.check else ""
        return (
            f"CREATE POLICY {self.name} ON {self.table} {kind}FOR {self.command} TO leap_web"
            f"{using}{check}"
        )


def involved(family: str) -> str:
    """The reader works with this family today."""
    return f"""EXISTS (
        SELECT FROM families_involvement spell
         WHERE spell.family_id = {family} AND spell.who = ANY({KEYS})
           AND leap_is_live(spell.ended_at))"""


def in_family_of_reader(person: str) -> str:
    """The person belongs to a family that the reader works with."""
    return f"""EXISTS (
        SELECT FROM families_member belongs
          JOIN families_involvement spell ON spell.family_id = belongs.family_id
         WHERE belongs.person_id = {person} AND spell.who = ANY({KEYS})
           AND leap_is_live(spell.ended_at))"""


def person_is_known(person: str) -> str:
    """Somebody of a family that the reader works with, and not for other named people only."""
    return f"({in_family_of_reader(person)} AND leap_person_is_open({person}))"


def with_row(table: str, key: str) -> str:
    """Whatever hangs off a row of another table is seen with that row."""
    return f"EXISTS (SELECT FROM {table} above WHERE above.id = {key})"


def in_reach(table: str) -> str:
    """The entry's layer is open to the reader: everybody with the family, an agency, or named."""
    return layer_is_open(table, AGENCIES, ME)


def not_about_restricted(person: str) -> str:
    """The column names nobody who is restricted to others."""
    return f"({person} IS NULL OR {person} <> ALL({RESTRICTED_PEOPLE}))"


def shared(table: str, using: str, check: str = "") -> Policy:
    """Read by those it is shared with; written by the same, or as `check` says."""
    using = f"{BYPASSED} OR {using}"
    return Policy(table, SHARED, using, check or using)


def narrowed(table: str, name: str, using: str) -> Policy:
    """Takes rows from those whom another policy would open them to."""
    using = f"{BYPASSED} OR {using}"
    return Policy(table, name, using, using, restrictive=True)


def owned(table: str, using: str, check: str) -> Policy:
    """Read by its owner alone, with no way past."""
    return Policy(table, "own_rows", using, check)


def commands(table: str, *, read: str, write: str, remove: str, change: str = "") -> list[Policy]:
    """What opens something else: a condition for each command. `change` is what a row may be
    changed to, where that is not what may be added."""
    return [
        Policy(table, "read", read, command="SELECT"),
        Policy(table, "added", check=write, command="INSERT"),
        Policy(table, "changed", read, change or write, command="UPDATE"),
        Policy(table, "removed", remove, command="DELETE"),
    ]


def family_policies() -> Iterator[Policy]:
    """The record: seen by whoever works with the family, people restricted to others left out."""
    # A lead team sees its family from the moment it is written down, before its spell is; whoever
    # is to answer a referral sees whom it is about, and nothing of what was done with them.
    yield shared(
        "families_family",
        f"""{involved("families_family.id")}
        OR (restriction = '' AND lead_team_id = ANY({KEYS}) AND closed_at IS NULL)
        OR (restriction = '' AND leap_has_referral_to_answer(families_family.id))""",
        f"{BYPASSED} OR leap_works_with(id) OR (restriction = '' AND lead_team_id = ANY({KEYS}))",
    )
    yield shared(
        "families_person",
        f"""(restriction = '' OR leap_person_is_open(families_person.id))
        AND ({in_family_of_reader("families_person.id")}
             OR EXISTS (SELECT FROM families_member belongs
                         WHERE belongs.person_id = families_person.id
                           AND leap_has_referral_to_answer(belongs.family_id)))""",
    )
    for table in ("families_residence", "families_safecontact"):
        yield shared(table, person_is_known(f"{table}.person_id"))
    yield shared(
        "families_shield",
        f"{person_is_known('families_shield.person_id')}"
        f" OR {person_is_known('families_shield.hidden_from_id')}",
        "leap_sees_person(person_id)",
    )
    for table in (
        "families_safetyalert",
        "families_accessalert",
        "families_serviceconsent",
        "families_sharingdecision",
    ):
        yield shared(table, involved(f"{table}.family_id"))
    yield shared(
        "families_breakglass",
        f"practitioner_id = {ME} OR {involved('families_breakglass.family_id')}",
    )
    # For the people of its team, while they may see the family.
    yield shared(
        "families_handovernote",
        f"team_id = ANY({KEYS}) AND {with_row('families_family', 'family_id')}",
    )
    # For the officer who decides on them, through the system alone.
    yield Policy("families_possibleduplicate", "system_only", BYPASSED, BYPASSED)


def entry_policies() -> Iterator[Policy]:
    """Contacts and observations by their layer; next steps and versions with their contact."""
    yield shared(
        "families_contact",
        f"{in_reach('families_contact')} AND {involved('families_contact.family_id')}",
    )
    yield shared(
        "families_observation",
        f"{in_reach('families_observation')}"
        f" AND {person_is_known('families_observation.person_id')}",
    )
    for table in ("families_followup", "families_contactversion"):
        yield shared(table, with_row("families_contact", "contact_id"))


def access_key_policies() -> Iterator[Policy]:
    """Who works with a family, who belongs to it, whom an entry concerned: rows that open others.

    The first are read by the policies of other tables, so they ask functions without sub-selects.
    """
    spell = "leap_rls_bypassed() OR who = ANY(leap_access_keys()) OR leap_works_with(family_id)"
    yield from commands(
        "families_involvement",
        read=spell,
        write="leap_may_join(family_id)",
        remove="leap_works_with(family_id)",
    )
    yield from commands(
        "families_member",
        read="true",
        write="leap_works_with(family_id) AND (leap_sees_person(person_id)"
        " OR leap_is_in_no_family(person_id))",
        remove="leap_works_with(family_id)",
    )
    yield from commands(
        "families_personreader",
        read="practitioner_id = leap_practitioner() OR leap_sees_person(person_id)",
        write="leap_sees_person(person_id)",
        remove="leap_sees_person(person_id)",
    )
    for table in ("families_familygroupobjectpermission", "families_familyuserobjectpermission"):
        yield from commands(
            table,
            read="true",
            write="leap_may_join(content_object_id)",
            remove="leap_works_with(content_object_id)",
        )
    contact = with_row("families_contact", "contact_id")
    yield from commands(
        "families_contactperson",
        read=f"{BYPASSED} OR leap_reads_contact(contact_id)",
        write=f"{BYPASSED} OR (leap_sees_person(person_id) AND {contact})",
        remove=f"{BYPASSED} OR {contact}",
    )


def work_with_families_policies() -> Iterator[Policy]:
    """Plans, prompts, bookings, losses, merges, holds and requests: seen with their family."""
    for table in (
        "leap_sites_booking",
        "life_events_moveout",
        "plans_plan",
        "prompts_decision",
        "retention_legalhold",
        "subject_access_subjectaccessrequest",
    ):
        yield shared(table, involved(f"{table}.family_id"))
    yield shared(
        "life_events_loss",
        f"{involved('life_events_loss.family_id')} AND leap_person_is_open(person_id)",
    )
    yield shared("merging_merge", involved("ANY(merging_merge.families)"))
    # What was set aside may be of any layer: only merging itself reads it.
    yield shared("merging_mergedrow", "false")
    yield shared(
        "plans_goal",
        "(whose_id IS NULL OR leap_person_is_open(whose_id)) AND "
        + with_row("plans_plan", "plans_goal.plan_id"),
    )
    yield shared("plans_meeting", with_row("plans_plan", "plans_meeting.plan_id"))
    for table in ("plans_score", "plans_planstep"):
        yield shared(table, with_row("plans_goal", f"{table}.goal_id"))
    yield shared(
        "subject_access_disclosureitem",
        f"{in_reach('subject_access_disclosureitem')} AND "
        + with_row(
            "subject_access_subjectaccessrequest", "subject_access_disclosureitem.request_id"
        ),
    )


def referral_policies() -> Iterator[Policy]:
    """For both sides, for those who work with the family, and for whom a task names."""
    sides = f"from_team_id = ANY({KEYS}) OR (to_team_id = ANY({KEYS}) AND sent_at IS NOT NULL)"
    yield shared(
        "referrals_referral",
        f"""{sides}
        OR {involved("referrals_referral.family_id")}
        OR (sent_at IS NOT NULL AND EXISTS (
            SELECT FROM referrals_task task WHERE task.referral_id = referrals_referral.id
               AND task.to_id = {ME} AND task.done_at IS NULL))""",
        f"{BYPASSED} OR {sides} OR leap_works_with(family_id)",
    )
    for table in ("referrals_note", "referrals_challenge"):
        yield shared(table, with_row("referrals_referral", f"{table}.referral_id"))
    yield shared(
        "referrals_challengestage",
        with_row("referrals_challenge", "referrals_challengestage.challenge_id"),
    )
    # Says nothing of referrals, whose own policy asks this table.
    yield shared("referrals_task", f"to_id = {ME} OR team_id = ANY({KEYS})")
    yield shared(
        "referrals_attachment",
        f"""EXISTS (SELECT FROM referrals_referral above WHERE above.id = referral_id
            AND (above.from_team_id = ANY({KEYS})
                 OR (above.to_team_id = ANY({KEYS}) AND above.sent_at IS NOT NULL)))""",
    )
    yield shared("referrals_inboundreferral", f"to_team_id = ANY({KEYS})")
    yield shared(
        "referrals_externalreferral",
        f"from_team_id = ANY({KEYS}) OR {involved('referrals_externalreferral.family_id')}",
    )
    for table in ("referrals_securelink", "referrals_externalreferralstep"):
        yield shared(table, with_row("referrals_externalreferral", f"{table}.outside_id"))


def restricted_record_policies() -> Iterator[Policy]:
    """What is about somebody who is restricted is seen by those named, whatever it hangs on."""
    for table, columns in {
        "families_followup": ["person_id"],
        "families_serviceconsent": ["person_id"],
        "families_shield": ["person_id", "hidden_from_id"],
        "life_events_loss": ["person_id"],
        "plans_goal": ["whose_id"],
        "subject_access_subjectaccessrequest": ["person_id"],
        "merging_merge": ["kept_person_id", "gone_person_id"],
    }.items():
        yield narrowed(
            table, OF_RESTRICTED_PEOPLE, " AND ".join(map(not_about_restricted, columns))
        )
    yield narrowed("families_contact", OF_RESTRICTED_PEOPLE, f"id <> ALL({THEIR_CONTACTS})")
    yield narrowed(
        "families_observation",
        OF_RESTRICTED_PEOPLE,
        f"contact_id IS NULL OR contact_id <> ALL({THEIR_CONTACTS})",
    )
    yield narrowed(
        "families_contactperson",
        OF_RESTRICTED_PEOPLE,
        f"person_id <> ALL({RESTRICTED_PEOPLE}) AND contact_id <> ALL({THEIR_CONTACTS})",
    )
    yield narrowed(
        "leap_sites_booking", OF_RESTRICTED_PEOPLE, f"NOT leap_booking_is_restricted(id, {ME})"
    )
    for table in ("referrals_referral", "referrals_externalreferral"):
        yield narrowed(table, OF_RESTRICTED_FAMILIES, f"family_id <> ALL({RESTRICTED_FAMILIES})")


def register_policies() -> Iterator[Policy]:
    """Places are booked by those who know the person, and marked by whoever runs the session."""
    not_marked = "status IN ('booked', 'cancelled')"
    known_person = "leap_sees_person(person_id)"
    is_known = person_is_known("leap_sites_attendance.person_id")
    read = f"{BYPASSED} OR {is_known} OR leap_may_mark(session_id)"
    marks = "leap_rls_bypassed() OR leap_may_mark(session_id)"
    yield from commands(
        "leap_sites_attendance",
        read=read,
        write=f"{known_person} AND ({not_marked} OR {marks})",
        change=f"{marks} OR ({known_person} AND {not_marked})",
        remove="leap_rls_bypassed()",
    )
    staff = "leap_sites_sessionstaff"
    yield Policy(staff, "read", "true", command="SELECT")
    yield Policy(staff, "added", check="leap_manages_session(session_id)", command="INSERT")
    yield Policy(staff, "removed", "leap_manages_session(session_id)", command="DELETE")


def account_policies() -> Iterator[Policy]:
    """What people sign in with, and what is theirs alone: drafts, notices, preferences."""
    own = f"user_id = {ME}"
    for table in ("accounts_credential", "leap_auth_secondfactor", "leap_auth_recoverycode"):
        yield owned(table, own, own)
    held = "session_key = (SELECT current_setting('leap.session', true))"
    yield owned(
        "leap_auth_usersession", f"{held} OR {own}", f"({held} AND user_id IS NULL) OR {own}"
    )
    # Made and ended at the console, and by admins; a page reads the one that it was shown.
    yield owned("authtoken_token", "key = (SELECT current_setting('leap.token', true))", "false")
    for table in ("outbox_draft", "outbox_idempotencykey"):
        yield shared(table, own, own)
    for table, column in {
        "notifications_notification": "to_id",
        "notifications_notificationpreference": "practitioner_id",
        "notifications_digest": "to_id",
    }.items():
        yield shared(table, f"{column} = {ME}")
    # A message can be written and its body not read again: see sql/role.sql.
    outbox, admin = "outbox_message", "(SELECT leap_is_admin())"
    yield Policy(
        outbox,
        "written_by_everybody",
        check="delivered_at IS NULL AND told_at IS NULL",
        command="INSERT",
    )
    yield Policy(outbox, "read_by_admins", admin, command="SELECT")
    yield Policy(
        outbox,
        "tried_again_by_admins",
        admin,
        f"told_by_id IS NULL OR told_by_id = {ME}",
        command="UPDATE",
    )
    yield shared(
        "audit_event",
        f"""family_ref = ''
        OR by_ref = (SELECT ref::text FROM accounts_user WHERE id = leap_practitioner())
        OR {involved("leap_family(audit_event.family_ref)")}""",
    )


POLICIES = [
    *family_policies(),
    *entry_policies(),
    *access_key_policies(),
    *work_with_families_policies(),
    *referral_policies(),
    *restricted_record_policies(),
    *register_policies(),
    *account_policies(),
]
TABLES = sorted({policy.table for policy in POLICIES})
