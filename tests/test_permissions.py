"""Who may do what is declared once, and asked for by capability: never by role."""

import ast
import re

import pytest

from leap.core.accounts import actions as accounts
from leap.core.accounts import permissions
from leap.core.accounts.models import Membership, User
from leap.core.accounts.permissions import (
    DISCIPLINES,
    PROGRAMME_ROLES,
    TEAM_ROLES,
    Capability,
    Discipline,
    ProgrammeRole,
    TeamRole,
)
from leap.core.accounts.recipients import managers_queryset
from leap.ops.runtime.paths import ROOT
from tests.test_house import FILES

DECLARED_IN = "leap/core/accounts/permissions.py"
# Where roles are given, and not asked for.
GIVE_ROLES = {
    DECLARED_IN,
    "leap/core/accounts/models.py",  # the columns that hold them
    "leap/core/accounts/actions.py",  # the first admin, and whoever joins a team
    "leap/administration/actions/people.py",  # who gives and takes them
    "leap/administration/forms.py",  # which there are to choose from
}
READ_PROGRAMME_ROLES = {
    "leap/core/accounts/models.py",  # where `user.can` asks the declaration
    "leap/core/http.py",  # whose name is shown, where somebody is in no team
    "leap/administration/actions/people.py",  # whether two are the same, when one is given
}
MADE_UP_PEOPLE = ("leap/ops/demo/", "leap/ops/benchmarks/")
ROLES = {role.name for role in [*ProgrammeRole, *TeamRole]}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def modules():
    for path in FILES:
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(MADE_UP_PEOPLE):
            yield name, ast.parse(path.read_text())


def names_a_role(node):
    """`Membership.Role.MANAGER`, `User.ProgrammeRole.ADMIN`, `TeamRole.MANAGER`."""
    if not (isinstance(node, ast.Attribute) and node.attr in ROLES):
        return False
    of = node.value
    return getattr(of, "attr", getattr(of, "id", "")) in ("Role", "ProgrammeRole", "TeamRole")


def reads_programme_role(node):
    return any(getattr(part, "attr", "") == "programme_role" for part in ast.walk(node))


def decides_by_programme_role(node):
    """A comparison, a condition, a filter: anything that goes by what role it is."""
    if isinstance(node, ast.Compare):
        return reads_programme_role(node)
    if isinstance(node, ast.If | ast.IfExp):
        return reads_programme_role(node.test)
    if isinstance(node, ast.BoolOp):
        return any(reads_programme_role(value) for value in node.values)
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "bool":
        return reads_programme_role(node)
    return False


def test_only_the_declaration_names_roles():
    naming = {
        name for name, tree in modules() if any(names_a_role(node) for node in ast.walk(tree))
    }
    assert naming == GIVE_ROLES


def test_nothing_is_decided_by_a_role_in_the_programme():
    deciding = {
        name
        for name, tree in modules()
        if any(decides_by_programme_role(node) for node in ast.walk(tree))
    }
    assert deciding == READ_PROGRAMME_ROLES


NAMES_A_ROLE = re.compile(r"role\s*(=|<>|IN)\s*\(?'(manager|practitioner|admin|analyst|quality)")


def test_of_statements_of_sql_those_of_row_level_security_alone_name_a_role():
    naming = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and NAMES_A_ROLE.search(str(node.value))
    }
    naming |= {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "leap").rglob("*.sql")
        if NAMES_A_ROLE.search(path.read_text())
    }
    assert naming == {"leap/core/rls/sql/predicates.sql", "leap/core/rls/sql/registers.sql"}


def test_no_template_decides_by_a_role():
    by_role = r"{% (el)?if [^%]*(signed_in\.programme_role|\.is_admin|\.is_analyst|signed_in\.m)"
    assert [path for path in TEMPLATES if re.search(by_role, path.read_text())] == []


def test_templates_ask_for_capabilities_that_there_are():
    words = {word for path in TEMPLATES for word in re.findall(r'\|can:"(\w+)"', path.read_text())}
    assert words
    assert words <= set(Capability)


@pytest.mark.parametrize("capability", Capability)
def test_every_capability_has_a_sentence_is_carried_and_is_asked_for(capability):
    assert capability.sentence.endswith(".")
    grants = [*TEAM_ROLES.values(), *PROGRAMME_ROLES.values(), *DISCIPLINES.values()]
    assert any(capability in grant.adds for grant in grants)
    asking = [path for path in FILES if path != ROOT / DECLARED_IN]
    in_code = any(f"Capability.{capability.name}" in path.read_text() for path in asking)
    in_templates = any(f'|can:"{capability}"' in path.read_text() for path in TEMPLATES)
    assert in_code or in_templates


def test_every_role_is_declared():
    assert set(TEAM_ROLES) == set(TeamRole)
    assert set(PROGRAMME_ROLES) == set(ProgrammeRole)
    for column, roles in (
        (User._meta.get_field("programme_role"), ProgrammeRole),
        (Membership._meta.get_field("role"), TeamRole),
    ):
        assert {value for value, _ in column.choices} == set(roles.values)


@pytest.mark.parametrize("discipline", Discipline)
@pytest.mark.parametrize("team_role", TeamRole)
def test_whoever_is_in_the_programme_opens_no_record_in_an_emergency(team_role, discipline):
    about = {"team_role": team_role, "discipline": discipline}
    for role in ProgrammeRole:
        may = permissions.carries(Capability.BREAK_GLASS, programme_role=role, **about)
        holds = discipline not in (Discipline.CHAMPIONS, Discipline.PROGRAMME)
        assert may == (holds and role == ProgrammeRole.NONE)


def test_a_manager_is_one_in_their_own_team_only(miriam, stockwell, midwives):
    assert miriam.can(Capability.LEAD_TEAM)
    assert miriam.can_in(stockwell, Capability.LEAD_TEAM)
    assert not miriam.can_in(midwives, Capability.LEAD_TEAM)


def test_an_admin_allocates_in_every_team_and_leads_none(asha, stockwell):
    assert asha.can_in(stockwell, Capability.ALLOCATE_FAMILIES)
    assert not asha.can(Capability.LEAD_TEAM)
    assert asha.needs_second_factor


def test_who_manages_a_team_is_a_manager_of_that_team_today(make_user, stockwell, midwives):
    elsewhere = make_user("Ada Obi", midwives, role=TeamRole.MANAGER)
    accounts.join_team(user=elsewhere, team=stockwell)
    assert list(managers_queryset([stockwell.pk])) == []
    assert list(managers_queryset([midwives.pk])) == [elsewhere]
