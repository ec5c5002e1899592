"""`manage.py test`: the whole suite, with everything it needs, leaving nothing running."""

import importlib.util
import os
import sys
from pathlib import Path

from leap.ops.runtime import assets, chromium, local, paths, processes, schema
from leap.ops.runtime.console import TroubleError, say
from leap.ops.runtime.locks import Lock

_MOST_WORKERS = 8
# A choice of the caller's that must not reach the tests.
_NOT_FOR_TESTS = ("BASE_URL", "ALLOWED_HOSTS", "EMAIL_URL", "DEMO", "LEAP_QUEUE_PREFIX")
_NO_BROWSER = (
    "browser tests are not run: no Chromium that can be driven. Install one (on Debian: apt-get "
    "install chromium libatomic1; macOS: brew install --cask chromium), or set CHROMIUM to its path"
)


def run(argv: list[str]) -> int:
    """Run pytest with `argv`. Answers its exit code."""
    if not importlib.util.find_spec("pytest"):
        raise TroubleError("pytest is not in this environment. Install requirements/dev.lock.")
    processes.obey_signals()
    var = paths.var() / "test"
    with Lock(var / "run" / "test", wait=False) as only:
        if not only.held:
            raise TroubleError(f"another test run uses {var}. Wait for it, or set LEAP_VAR.")
        assets.fetch()
        browser = _browser()
        with local.local_environment(var, scratch=True):
            for name in _NOT_FOR_TESTS:
                os.environ.pop(name, None)
            os.environ.update(local.settings(var))
            return _pytest(var, [*browser, *argv])


def _browser() -> list[str]:
    """Find a Chromium. Answers the arguments that leave the browser tests out if there is none."""
    path = chromium.find()
    if path:
        os.environ["CHROMIUM"] = path
        return []
    if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
        raise TroubleError(f"{_NO_BROWSER}. In CI they must run.")
    say(_NO_BROWSER)
    return ["-m", "not browser"]


def _pytest(var: Path, argv: list[str]) -> int:
    stamp, state = var / "run" / "tables", schema.state()
    fresh = [] if stamp.is_file() and stamp.read_text() == state else ["--create-db"]
    stamp.unlink(missing_ok=True)
    say("running the tests")
    command = [sys.executable, "-m", "pytest", *_workers(argv), *fresh, *argv]
    code = processes.show(command)
    if code in {0, 1}:
        stamp.write_text(state)
    return code


def _workers(argv: list[str]) -> list[str]:
    """One worker a processor, unless the arguments choose, or want one process. Each begins with a
    stretch of its own, so that what several tests stand on is built once."""
    if any(word.startswith(("-n", "--numprocesses", "--pdb", "--collect-only")) for word in argv):
        return []
    return ["-n", str(min(os.cpu_count() or 1, _MOST_WORKERS)), "--dist", "worksteal"]
