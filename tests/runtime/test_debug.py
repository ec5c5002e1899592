"""`up --debug` is for a machine of one's own."""

import os
import subprocess
import sys
from pathlib import Path

from leap.ops.runtime.app_processes import Crew

ROOT = Path(__file__).parents[2]


def settings_say(**environment: str) -> str:
    """What a process prints that reads the settings with these variables, or why it ends."""
    variables = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": "postgres://leap@127.0.0.1:1/none",
        "REDIS_URL": "redis://127.0.0.1:1",
        "SECRET_KEY": "x" * 60,
    }
    command = [sys.executable, "-c", "from leap import settings; print(settings.DEBUG)"]
    process = subprocess.run(
        command, cwd=ROOT, env=variables | environment, capture_output=True, text=True, check=False
    )
    return (
        process.stdout + process.stderr.splitlines()[-1] if process.returncode else process.stdout
    )


def test_it_is_off_unless_asked_for():
    assert settings_say(LEAP_LOCAL="1") == "False\n"


def test_it_is_refused_where_others_are_served():
    served = {"ALLOWED_HOSTS": "leap.example", "BASE_URL": "https://leap.example"}
    for environment in ({"DEMO": "1"}, {**served, "EMAIL_URL": "smtp://mail.example"}):
        words = settings_say(LEAP_DEBUG="1", **environment)
        assert words.startswith("django.core.exceptions.ImproperlyConfigured: LEAP_DEBUG")


def test_asked_for_pages_are_made_anew_when_a_file_changes(tmp_path):
    web = Crew(tmp_path, 8000, debug=True).hands[0].command
    assert settings_say(LEAP_LOCAL="1", LEAP_DEBUG="1") == "True\n"
    assert "--reload" in web
    assert str(ROOT / "templates" / "base.html") in web
    assert "--reload" not in Crew(tmp_path, 8000).hands[0].command
