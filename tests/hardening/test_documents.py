"""What docs/security.md names is there."""

import re

import pytest

from leap.ops.runtime.paths import ROOT

SAID = (ROOT / "docs/security.md").read_text()
FILE = re.compile(
    r"`((?:[\w.-]+/)*[\w-]+\.(?:py|md|toml|yml|lock|html|js)|leap/ops/runtime"
    r"|Dockerfile|\.dockerignore|deploy/Caddyfile)`"
)
PATHS = sorted(set(FILE.findall(SAID)))


def test_it_names_files():
    assert len(PATHS) > 50


@pytest.mark.parametrize("path", PATHS)
def test_every_file_it_names_exists(path):
    assert (ROOT / path).exists()


def test_it_owns_up_to_what_is_not_met():
    assert SAID.count("**Not met") >= 5
