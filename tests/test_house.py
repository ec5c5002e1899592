"""The house rules hold: format, lint, templates, types, imports, migrations, deployment."""

import subprocess
import sys

import pytest

from leap.machine.gates import GATES, judge
from leap.machine.places import ROOT


@pytest.mark.parametrize("gate", GATES)
def test_the_house_is_in_order(gate):
    if words := judge(gate):
        pytest.fail(words, pytrace=False)


def test_the_door_opens_with_nothing_installed():
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import leap.machine.door"
    bare = [sys.executable, "-I", "-S", "-c", script]
    done = subprocess.run(bare, capture_output=True, text=True, check=False)
    assert done.stderr == ""
