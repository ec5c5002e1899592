"""Starting, and being told why it cannot start."""

import os
import socket
import subprocess
import sys

import pytest

from leap.ops.runtime import first_admin, processes
from leap.ops.runtime.console import TroubleError, explain_error
from leap.ops.runtime.locks import Lock
from leap.ops.runtime.paths import ROOT

ALL_SETTINGS = {"SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "EMAIL_URL", "DEMO", "LEAP_LOCAL"}


def up(var, *arguments: str) -> subprocess.CompletedProcess[str]:
    return manage("up", *arguments, env={**os.environ, "LEAP_VAR": str(var)})


def manage(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=240,
    )


def test_a_port_in_use_is_named_with_another_that_is_free(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = up(tmp_path, "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} is in use" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_one_on_the_same_folder_is_told_where_the_first_is(tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "address").write_text("http://127.0.0.1:8123/")
    with Lock(tmp_path / "run" / "up"):
        done = up(tmp_path, "--port", "0")
    assert done.returncode == 1
    assert "up already" in done.stderr
    assert "http://127.0.0.1:8123/" in done.stderr


def test_a_full_disk_is_a_sentence():
    assert "disk is full" in explain_error(OSError(28, "No space left on device"))
    assert "disk is full" in explain_error(TroubleError("initdb: No space left on device"))


def test_a_folder_of_somebody_elses_is_a_sentence():
    words = explain_error(PermissionError(13, "Permission denied", "/srv/var"))
    assert words.startswith("/srv/var belongs to somebody else")


def test_a_program_that_fails_leaves_its_last_words():
    assert processes.run([sys.executable, "-c", "raise SystemExit('no luck')"]) == "no luck"


def test_a_program_that_hangs_is_ended():
    hanging = [sys.executable, "-c", "import time; time.sleep(60)"]
    assert "longer than" in processes.run(hanging, patience=0.5)


def test_a_program_that_goes_well_says_nothing():
    assert processes.run([sys.executable, "-c", "print('fine')"]) == ""


def test_half_configured_it_refuses_by_name_in_a_sentence():
    addresses = {"DATABASE_URL": "postgres://a@127.0.0.1:1/b", "REDIS_URL": "redis://127.0.0.1:1"}
    without = {name: value for name, value in os.environ.items() if name not in ALL_SETTINGS}
    done = manage("check", env=without | addresses)
    assert done.returncode == 1
    assert "SECRET_KEY, ALLOWED_HOSTS, BASE_URL, EMAIL_URL not set" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_a_sentence():
    variables = {"DATABASE_URL": "postgres://a@127.0.0.1:1/b", "LEAP_LOCAL": "0", "DEMO": "1"}
    done = manage("showmigrations", env={**os.environ, **variables})
    assert done.returncode == 1
    assert "The database does not go along" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
def test_the_first_admin_is_made_once():
    assert "Password" in first_admin.make("asha@leap.example")
    with pytest.raises(TroubleError, match="admin already"):
        first_admin.make("noor@leap.example")


@pytest.mark.django_db
def test_an_admin_without_an_address_is_refused():
    with pytest.raises(TroubleError, match="not an e-mail address"):
        first_admin.make("asha")
