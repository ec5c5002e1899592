"""A Chromium for the browser tests: the one named, one on PATH, or the distribution's package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from leap.machine import processes
from leap.machine.say import TroubleError, say

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_ON_MACS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find() -> str:
    """The path of a Chromium that starts, installed first where we may; else nothing."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not _starts(named):
            raise TroubleError(f"CHROMIUM is {named}, which does not start.")
        return named
    return _installed() or _install()


def _installed() -> str:
    found = [path for name in _NAMES if (path := shutil.which(name))]
    if sys.platform == "darwin":
        found += [path for path in _ON_MACS if Path(path).exists()]
    return next((path for path in found if _starts(path)), "")


def _install() -> str:
    """As root on Debian and its kin, the distribution's own package."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return ""
    say("no Chromium here: installing the distribution's package for the browser tests")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = ["--no-install-recommends", "chromium", "fonts-liberation"]
    for arguments in (["update"], ["install", "-y", *packages]):
        if words := processes.run(["apt-get", *arguments], env=env):
            say(f"that did not work. {words}")
            return ""
    return _installed()


def _starts(path: str) -> bool:
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0
