"""The triggers on what pages write: see sql/guards.sql for what each of their functions refuses."""

from dataclasses import dataclass

PAGE = "current_user = 'leap_web'"


@dataclass(frozen=True)
class Guard:
    """A trigger on a table, asked before each row that a page writes and that meets `when`."""

    table: str
    name: str
    function: str
    commands: str = "INSERT OR UPDATE OR DELETE"
    arguments: tuple[str, ...] = ()
    when: str = ""

    def statement(self) -> str:
        """The SQL that lays it down."""
        when = f"{PAGE} AND ({self.when})" if self.when else PAGE
        arguments = ", ".join(f"'{argument}'" for argument in self.arguments)
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.commands} ON {self.table}"
            f" FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {self.function}({arguments})"
        )


def points_at(
    table: str,
    column: str,
    function: str,
    *more: str,
    commands: tuple[str, ...] = ("INSERT", "UPDATE"),
) -> list[Guard]:
    """Where the column points is asked when a row is added, and when it points elsewhere."""
    return [
        Guard(
            table,
            f"{table}_{column}_{command.lower()}",
            function,
            command,
            (column, *more),
            f"OLD.{column} IS DISTINCT FROM NEW.{column}" if command == "UPDATE" else "",
        )
        for command in commands
    ]


# Who works where is everybody's to read, and an admin's to change; never one's own.
OF_ACCOUNTS = [
    Guard("accounts_user", "accounts_user_is_guarded", "accounts_user_guard"),
    Guard("accounts_membership", "accounts_membership_is_guarded", "accounts_membership_guard"),
    Guard("accounts_team", "accounts_team_is_guarded", "accounts_team_guard"),
    Guard("accounts_agency", "accounts_agency_is_guarded", "leap_check_is_admin"),
    Guard("auth_group", "auth_group_is_guarded", "leap_check_is_admin"),
    Guard("accounts_user_groups", "accounts_user_groups_is_guarded", "accounts_user_groups_guard"),
    Guard("audit_event", "audit_event_actor", "audit_event_is_of_its_actor", "INSERT"),
    Guard("audit_event", "audit_event_declared", "audit_event_is_declared", "INSERT"),
]
OF_FAMILIES = [
    *points_at("families_family", "lead_team_id", "leap_check_lead", commands=("UPDATE",)),
    *[
        guard
        for table in (
            "families_breakglass",
            "families_followup",
            "referrals_inboundreferral",
            "referrals_externalreferral",
            "referrals_referral",
        )
        for guard in points_at(table, "family_id", "leap_check_family")
    ],
    *[
        guard
        for table, column in (
            ("families_followup", "person_id"),
            ("families_serviceconsent", "person_id"),
            ("families_shield", "hidden_from_id"),
            ("life_events_loss", "person_id"),
            ("plans_goal", "whose_id"),
            ("subject_access_subjectaccessrequest", "person_id"),
            ("subject_access_subjectaccessrequest", "asked_by_id"),
        )
        for guard in points_at(table, column, "leap_check_person")
    ],
    *points_at("families_observation", "contact_id", "leap_check_seen", "families_contact"),
]
OF_REFERRALS = [
    *points_at("referrals_referral", "incoming_id", "leap_check_seen", "referrals_inboundreferral"),
    *points_at("referrals_referral", "follows_id", "leap_check_referral"),
    *points_at("referrals_task", "referral_id", "leap_check_referral"),
    Guard(
        "referrals_referral",
        "referrals_referral_sides",
        "leap_check_sides",
        "UPDATE",
        when="OLD.status <> NEW.status OR OLD.from_team_id <> NEW.from_team_id"
        " OR OLD.to_team_id <> NEW.to_team_id",
    ),
]
OF_SESSIONS = [
    Guard(
        "leap_sites_attendance",
        "attendance_stays",
        "leap_check_register",
        "UPDATE",
        when="OLD.person_id <> NEW.person_id OR OLD.session_id <> NEW.session_id",
    ),
    Guard(
        "leap_sites_session",
        "session_is_run_by",
        "leap_check_session",
        "UPDATE",
        when="(OLD.team_id, OLD.site_id, OLD.room_id, OLD.service_id, OLD.during, OLD.capacity,"
        " OLD.cancelled_at, OLD.cancelled_why) IS DISTINCT FROM (NEW.team_id, NEW.site_id,"
        " NEW.room_id, NEW.service_id, NEW.during, NEW.capacity, NEW.cancelled_at,"
        " NEW.cancelled_why)",
    ),
    Guard(
        "leap_sites_session",
        "session_is_planned_by",
        "leap_check_new_session",
        "INSERT",
    ),
    Guard("leap_sites_session", "session_stays", "leap_check_new_session", "DELETE"),
    Guard(
        "reference_data_site",
        "site_is_run_by",
        "leap_check_site",
        "UPDATE",
        when="OLD.team_id IS DISTINCT FROM NEW.team_id"
        " OR OLD.postcode_id IS DISTINCT FROM NEW.postcode_id",
    ),
]
GUARDS = [*OF_ACCOUNTS, *OF_FAMILIES, *OF_REFERRALS, *OF_SESSIONS]
