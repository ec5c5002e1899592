"""The import contracts catch what they are for: violations are planted in a copy of the code."""

import ast
import re
import shutil
import subprocess
import sys

import pytest

from leap.ops.runtime.paths import ROOT

OURS = ("leap", "families", "referrals", "sites", "outcomes")
# Each module with what it must not import.
PLANTED = [
    ("referrals.external.forms", "referrals.external.actions"),
    ("families.people.address_forms", "families.people.address_actions"),
    ("families.reviews.due", "rest_framework.fields"),
    ("leap.casework.life_events.rules", "guardian.models"),
    ("leap.casework.life_events.rules", "leap.casework.life_events.views"),
    ("leap.governance.retention.rules", "leap.governance.retention.views"),
    ("families.observations.provenance", "families.contacts.actions"),
    ("families.access.caseload", "families.access.sharing_actions"),
    ("families.models.people", "families.people.search"),
    ("families.people.rules", "referrals.rules"),
    ("families.history.timeline", "leap.casework.merging.models"),
    ("sites.bookings.rules", "sites.registers.rules"),
    ("sites.sessions.actions", "sites.sessions.forms"),
    ("outcomes.statistics", "outcomes.reports.queries"),
    ("leap.core.parse", "families.models"),
    ("leap.casework.my_work_page", "families.people.search_views"),
    ("leap.administration.rules", "leap.governance.retention.models"),
    ("leap.ops.runtime.up", "families.models"),
    ("leap.ops.runtime.paths", "django.conf"),
]
UNLISTED = [
    "leap.unlisted",
    "families.unlisted",
    "referrals.unlisted",
    "sites.unlisted",
    "leap.core.unlisted",
]

# Who may read past row-level security, and says why each time: nobody else imports it.
MAY_BYPASS = {
    "leap.administration.actions.leavers",
    "leap.administration.caseload",
    "leap.casework.allocation.queries",
    "leap.casework.break_glass_page",
    "leap.casework.break_glass_review_page",
    "leap.casework.life_events.actions.births",
    "leap.casework.life_events.actions.losses",
    "leap.casework.merging.actions",
    "leap.casework.merging.models",
    "leap.casework.merging.redirects",
    "leap.casework.merging.rules",
    "leap.casework.merging.views",
    "leap.casework.merging.worklist",
    "leap.casework.my_work_page",
    "leap.core.notifications.actions",
    "leap.governance.retention.review",
    "leap.governance.subject_access.actions.answers",
    "leap.governance.subject_access.progress",
    "families.access.caseload",
    "families.access.hidden_entries",
    "families.access.involvement_actions",
    "families.access.locking",
    "families.access.restriction_actions",
    "families.access.restriction_views",
    "families.break_glass.actions",
    "families.break_glass.lookup",
    "families.break_glass.reviewers",
    "families.contacts.actions",
    "families.contacts.correction_actions",
    "families.history.page_query",
    "families.models.shielded_addresses",
    "families.people.actions",
    "families.people.duplicate_actions",
    "families.people.duplicates",
    "families.reviews.due",
    "referrals.attachments.queries",
    "referrals.attachments.views",
    "referrals.external.incoming_actions",
    "referrals.external.link_views",
    "referrals.models.referrals",
    "referrals.pathways.capacity",
    "referrals.preview",
    "referrals.queue.views",
    "referrals.rules",
    "referrals.subject",
    "referrals.transitions.bereavement_actions",
    "referrals.transitions.caseload_transfer_actions",
    "referrals.transitions.sender_actions",
    "referrals.transitions.task_actions",
    "sites.bookings.actions",
    "sites.registers.actions",
    "sites.registers.views",
    "sites.session_page",
    "sites.sessions.actions",
    "outcomes.calculation.counting",
    "outcomes.calculation.nights",
    "outcomes.figures.pathways",
}


@pytest.fixture(scope="module")
def output(tmp_path_factory) -> str:
    copy = tmp_path_factory.mktemp("planted")
    for app in OURS:
        shutil.copytree(
            ROOT / app, copy / app, ignore=shutil.ignore_patterns("__pycache__", "static", "*.map")
        )
    shutil.copy(ROOT / "pyproject.toml", copy)
    for module, imported in PLANTED:
        path = copy / f"{module.replace('.', '/')}.py"
        path.write_text(f"{path.read_text()}\nimport {imported}\n")
    for module in UNLISTED:
        (copy / f"{module.replace('.', '/')}.py").touch()
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", lint, "--no-cache"],
        cwd=copy,
        env={"PATH": "", "COLUMNS": "300"},
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    return " ".join(done.stdout.split())


@pytest.mark.parametrize(("module", "imported"), PLANTED)
def test_what_is_planted_is_found(output, module, imported):
    package = imported.split(".")[0]
    outside = package if package in ("rest_framework", "guardian", "django") else imported
    pattern = rf"{re.escape(module)} (imports|->) {re.escape(outside)}"
    assert re.search(pattern, output), f"{module} may import {imported}"


@pytest.mark.parametrize("module", UNLISTED)
def test_a_module_outside_the_layers_is_found(output, module):
    assert f"- {module} " in output


def test_row_level_security_is_bypassed_by_those_who_are_listed():
    """`bypass_rls` is imported by nobody else, so that each new use is looked at."""
    using = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for app in OURS
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts and bypasses(ast.parse(path.read_text()))
    }
    assert using == MAY_BYPASS


def bypasses(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "leap.core.rls.session"
        and any(name.name == "bypass_rls" for name in node.names)
        for node in ast.walk(tree)
    )
