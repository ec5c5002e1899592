"""A Chromium for the browser tests: the one named, one on PATH, or the distribution's package."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from leap.ops.runtime import processes
from leap.ops.runtime.console import TroubleError, say

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_ON_MACS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find() -> str:
    """The path of a Chromium that can be driven, installed first where we may; else nothing.

    Raises TroubleError when CHROMIUM names one that does not start.
    """
    # The Debian packages that are missing for browser tests.
    lacking = [] if _browser() else ["chromium", "fonts-liberation"]
    if not _driver_runs():
        lacking.append("libatomic1")
    if lacking:
        _install(lacking)
    return _browser() if _driver_runs() else ""


def _browser() -> str:
    named = os.environ.get("CHROMIUM")
    if named and not _starts(named):
        raise TroubleError(f"CHROMIUM is {named}, which does not start.")
    paths = [named] if named else [path for name in _NAMES if (path := shutil.which(name))]
    if sys.platform == "darwin":
        paths += [path for path in _ON_MACS if Path(path).exists()]
    return next((path for path in paths if _starts(path)), "")


def _driver_runs() -> bool:
    """Whether the program that drives the browser finds its libraries."""
    package = importlib.util.find_spec("playwright")
    if not package or not package.submodule_search_locations:
        return False
    return _starts(str(Path(package.submodule_search_locations[0]) / "driver" / "node"))


def _install(packages: list[str]) -> None:
    """As root on Debian and its kin, the distribution's own packages."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    say(f"installing {', '.join(packages)} with apt-get for the browser tests")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        if words := processes.run(["apt-get", *arguments], env=env):
            say(f"that did not work. {words}")
            return


def _starts(path: str) -> bool:
    try:
        process = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return process.returncode == 0
