"""The house rules hold: the gates of `manage.py check_all`, and the sizes we keep to."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from leap.ops.runtime.checks import GATES, judge
from leap.ops.runtime.paths import ROOT

OURS = ("leap", "families", "referrals", "sites", "outcomes")
FILES = [
    path
    for app in OURS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]
LONGEST_FILE, LONGEST_FUNCTION = 400, 50
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "managers", "services", "signals"}


@pytest.mark.parametrize("gate", GATES)
def test_the_house_is_in_order(gate):
    if words := judge(gate):
        pytest.fail(words, pytrace=False)


def test_the_door_opens_with_nothing_installed():
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import leap.ops.runtime.dispatch"
    bare = [sys.executable, "-I", "-S", "-c", script]
    done = subprocess.run(bare, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_no_file_grows_past_what_one_reads_at_a_sitting():
    assert [path for path in FILES if len(path.read_text().splitlines()) > LONGEST_FILE] == []


def test_no_function_grows_past_a_screen():
    assert [name for path in FILES for name in long_functions(path)] == []


def test_every_module_says_in_its_name_what_it_is_about():
    assert [path for path in FILES if path.stem in NAMES_THAT_SAY_NOTHING] == []


def long_functions(path: Path) -> list[str]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, functions) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
