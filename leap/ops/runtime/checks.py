"""What every change must pass besides the tests: one command each, run from the checkout."""

import os
import subprocess
import sys

from leap.ops.runtime.paths import ROOT

GATES = {
    "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "lint": ["-m", "ruff", "check", "--quiet", "."],
    "templates": ["-m", "djlint", "templates", "--lint", "--quiet"],
    "types": ["-m", "mypy", "."],
    "imports": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "deployment": ["manage.py", "check", "--deploy", "--fail-level", "WARNING"],
}
_HERE = {"LEAP_LOCAL": "1"}
# What production gives, so that `check --deploy` judges the settings it would have.
_PRODUCTION = {
    "DEMO": "0",
    "LEAP_LOCAL": "0",
    "BASE_URL": "https://leap.example",
    "ALLOWED_HOSTS": "leap.example",
    "EMAIL_URL": "smtp://localhost:25",
    "SECRET_KEY": "a-long-word-of-many-different-letters-for-checking-0123456789",
}


def judge(gate: str) -> str:
    """Run one gate. Answers nothing when it passes, else what it says."""
    env = {**os.environ, **(_PRODUCTION if gate == "deployment" else _HERE)}
    env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the browser tests' own
    done = subprocess.run(
        [sys.executable, *GATES[gate]],
        cwd=ROOT,
        env=env,
        text=True,
        capture_output=True,
        check=False,
    )
    return "" if done.returncode == 0 else (done.stdout + done.stderr).strip() or "failed"
