"""Who may do what: the capabilities, and which roles and disciplines carry them.

Rules, views and templates ask for a capability and never for a role: `user.can(...)`,
`user.can_in(team, ...)`, `{% if signed_in|can:"..." %}`. A role is one entry here. Row-level
security knows the roles that it needs by itself: leap/core/rls/sql/.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices


class Capability(StrEnum):
    """What somebody may do, each in a sentence. A team's roles carry it for that team only, a role
    in the programme for every team."""

    sentence: str

    def __new__(cls, value: str, sentence: str = "") -> "Capability":
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member

    # Families
    HOLD_FAMILIES = "hold_families", "Register families, look for them, and work with them."
    BREAK_GLASS = "break_glass", "Open a record in an emergency."
    LEAD_FAMILIES = "lead_families", "Answer for the families that the team leads."
    ALLOCATE_FAMILIES = "allocate_families", "Say who leads which of the team’s families."
    CHANGE_LAYERS = "change_layers", "Change who may see an entry written for the team."
    JUDGE_OPENINGS = "judge_openings", "Judge whether a record was rightly opened."
    READ_UNJUSTIFIED = "read_unjustified", "Read of the team’s openings that were not justified."
    DECIDE_DUPLICATES = "decide_duplicates", "Say whether two records are of one person."
    # Teams
    LEAD_TEAM = "lead_team", "Answer for a team: see its whole work, and what it must be told."
    RUN_TEAM = "run_team", "Say who does what in a team, and hand on what a leaver holds."
    MANAGE_INTAKE = "manage_intake", "Pause and resume a team’s intake of referrals."
    PLAN_SESSIONS = "plan_sessions", "Create, change and cancel sessions."
    NAME_SESSION_STAFF = "name_session_staff", "Say who runs a session."
    NAME_SITE_TEAM = "name_site_team", "Say which team runs everything at a site."
    HELP_AT_SESSIONS = "help_at_sessions", "Be named to help run any session."
    SEE_COMING_SESSIONS = "see_coming_sessions", "See on one’s own page what is on next."
    # Governance
    HOLD_RECORDS = "hold_records", "Hold a record that would be let go, or lift the hold."
    REVIEW_RETENTION = "review_retention", "See what may be let go."
    ANSWER_SUBJECT_ACCESS = "answer_subject_access", "Decide what leaves a record on request."
    # The programme
    SEE_PROGRAMME = "see_programme", "See on one’s own page how the programme does."
    SEE_ADMINISTRATION = "see_administration", "Look up who works here, and in which team."
    ADMINISTER = "administer", "Change accounts, roles, teams, agencies and cut-offs."
    SEE_PATHWAYS = "see_pathways", "See how soon referrals are answered."
    CHANGE_PATHWAYS = "change_pathways", "Change what a pathway says."
    SET_DAYS_APART = "set_days_apart", "Set days apart from the working calendar."
    SEE_FIGURES = "see_figures", "See the indicators’ figures."
    SEE_EXACT_FIGURES = "see_exact_figures", "See exact figures, to check them."
    READ_REPORTS = "read_reports", "Read reports to the funder."
    ISSUE_REPORTS = "issue_reports", "Issue reports to the funder."


class ProgrammeRole(TextChoices):
    NONE = "", "None"
    ADMIN = "admin", "Admin"
    ANALYST = "analyst", "Analyst"
    QUALITY = "quality", "Data quality officer"


class TeamRole(TextChoices):
    PRACTITIONER = "practitioner", "Practitioner"
    MANAGER = "manager", "Manager"


class Discipline(TextChoices):
    MIDWIFERY = "midwifery", "Midwifery"
    HEALTH_VISITING = "health_visiting", "Health visiting"
    FAMILY_SUPPORT = "family_support", "Family support"
    SOCIAL_WORK = "social_work", "Social work"
    EARLY_YEARS = "early_years", "Early years"
    SPEECH_AND_LANGUAGE = "speech_and_language", "Speech and language"
    NUTRITION = "nutrition", "Nutrition"
    PERINATAL_MENTAL_HEALTH = "perinatal_mental_health", "Perinatal mental health"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse service"
    GENERAL_PRACTICE = "general_practice", "General practice"
    POLICE = "police", "Police"
    CHAMPIONS = "champions", "Champions"
    PROGRAMME = "programme", "Programme"


@dataclass(frozen=True)
class Grants:
    """What a role or a discipline adds to what somebody may do, and what it takes away."""

    adds: frozenset[Capability] = frozenset()
    takes: frozenset[Capability] = frozenset()


@dataclass(frozen=True)
class RoleGrants(Grants):
    tag: tuple[str, str] | None = None  # its word and colour beside a name
    needs_second_factor: bool = False


PRACTITIONER = frozenset({Capability.HOLD_FAMILIES, Capability.BREAK_GLASS, Capability.SEE_FIGURES})
MANAGER = PRACTITIONER | {
    Capability.LEAD_FAMILIES,
    Capability.ALLOCATE_FAMILIES,
    Capability.CHANGE_LAYERS,
    Capability.JUDGE_OPENINGS,
    Capability.READ_UNJUSTIFIED,
    Capability.LEAD_TEAM,
    Capability.RUN_TEAM,
    Capability.MANAGE_INTAKE,
    Capability.PLAN_SESSIONS,
    Capability.HOLD_RECORDS,
    Capability.REVIEW_RETENTION,
    Capability.ANSWER_SUBJECT_ACCESS,
    Capability.SEE_ADMINISTRATION,
    Capability.SEE_PATHWAYS,
}
PROGRAMME = frozenset({Capability.SEE_PROGRAMME, Capability.SEE_FIGURES})
ANALYST = PROGRAMME | {Capability.SEE_EXACT_FIGURES, Capability.READ_REPORTS}
ADMIN = ANALYST | {
    Capability.ALLOCATE_FAMILIES,
    Capability.JUDGE_OPENINGS,
    Capability.READ_UNJUSTIFIED,
    Capability.RUN_TEAM,
    Capability.PLAN_SESSIONS,
    Capability.NAME_SESSION_STAFF,
    Capability.NAME_SITE_TEAM,
    Capability.REVIEW_RETENTION,
    Capability.SEE_ADMINISTRATION,
    Capability.ADMINISTER,
    Capability.SEE_PATHWAYS,
    Capability.CHANGE_PATHWAYS,
    Capability.SET_DAYS_APART,
    Capability.ISSUE_REPORTS,
}
# Whoever runs the programme opens no record in an emergency, whatever team they are in besides.
NO_EMERGENCIES = frozenset({Capability.BREAK_GLASS})

TEAM_ROLES: dict[TeamRole, RoleGrants] = {
    TeamRole.PRACTITIONER: RoleGrants(PRACTITIONER),
    TeamRole.MANAGER: RoleGrants(MANAGER, tag=("Manager", "teal"), needs_second_factor=True),
}
PROGRAMME_ROLES: dict[ProgrammeRole, RoleGrants] = {
    ProgrammeRole.NONE: RoleGrants(),
    ProgrammeRole.ADMIN: RoleGrants(
        ADMIN, NO_EMERGENCIES, tag=("Admin", "purple"), needs_second_factor=True
    ),
    ProgrammeRole.ANALYST: RoleGrants(ANALYST, NO_EMERGENCIES, tag=("Analyst", "blue")),
    ProgrammeRole.QUALITY: RoleGrants(PROGRAMME | {Capability.DECIDE_DUPLICATES}, NO_EMERGENCIES),
}
NO_FAMILIES = frozenset({Capability.HOLD_FAMILIES, Capability.BREAK_GLASS})
# What the teams of a discipline add or take away. Those without an entry do neither.
DISCIPLINES: dict[Discipline, Grants] = {
    Discipline.CHAMPIONS: Grants(
        frozenset({Capability.HELP_AT_SESSIONS, Capability.SEE_COMING_SESSIONS}),
        NO_FAMILIES | {Capability.SEE_FIGURES},
    ),
    Discipline.PROGRAMME: Grants(takes=NO_FAMILIES),
}
# A service for it says by its name alone what somebody lives with: nothing of it is printed.
ABOUT_ABUSE = frozenset({Discipline.DOMESTIC_ABUSE})


def programme_role_carries(programme_role: str, capability: Capability) -> bool:
    return capability in PROGRAMME_ROLES[ProgrammeRole(programme_role)].adds


def carries(
    capability: Capability, *, team_role: str, discipline: str, programme_role: str
) -> bool:
    """Whether a member of a team, with this role there and that one in the programme, has it."""
    role = TEAM_ROLES[TeamRole(team_role)]
    of_discipline = DISCIPLINES.get(Discipline(discipline), Grants())
    taken = of_discipline.takes | PROGRAMME_ROLES[ProgrammeRole(programme_role)].takes
    return capability in (role.adds | of_discipline.adds) - taken


def programme_role_needs_second_factor(programme_role: str) -> bool:
    return PROGRAMME_ROLES[ProgrammeRole(programme_role)].needs_second_factor


def team_role_needs_second_factor(team_role: str) -> bool:
    return TEAM_ROLES[TeamRole(team_role)].needs_second_factor


def team_roles_with(capability: Capability) -> list[str]:
    return [role.value for role, grants in TEAM_ROLES.items() if capability in grants.adds]


def programme_roles_with(capability: Capability) -> list[str]:
    return [role.value for role, grants in PROGRAMME_ROLES.items() if capability in grants.adds]


def disciplines_without(capability: Capability) -> list[str]:
    """The disciplines whose teams do without it, whatever the roles of their people."""
    return [
        discipline.value for discipline, grants in DISCIPLINES.items() if capability in grants.takes
    ]


def disciplines_that_add(capability: Capability) -> list[str]:
    return [
        discipline.value for discipline, grants in DISCIPLINES.items() if capability in grants.adds
    ]


def role_tags() -> dict[str, tuple[str, str]]:
    """The word and the colour of each role that is marked beside a name."""
    roles = [*TEAM_ROLES.items(), *PROGRAMME_ROLES.items()]
    return {str(role.value): grants.tag for role, grants in roles if grants.tag}
