"""Installing pinned packages: uv where it can be had, for its speed; else pip."""

import math
import os
import subprocess
import sys
from pathlib import Path

from leap.ops.runtime.console import TroubleError
from leap.ops.runtime.processes import run

Command = list[str]

# What pip is told (mirrors, certificates), in the words uv understands.
_PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "no-index": "UV_NO_INDEX",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}

_SIGNS_OF_NO_NETWORK = (
    "failed to establish a new connection",
    "name resolution",
    "connecttimeout",
    "proxyerror",
    "network is unreachable",
    "error sending request",
    "dns error",
    "connection refused",
)


def install(
    lock: Path,
    *,
    python: str = sys.executable,
    target: Path | None = None,
    patience: float = math.inf,
) -> None:
    """Install what `lock` pins, every file checked against its hash.

    `python` is the environment that receives the packages, unless `target` names a plain folder.
    `patience` is in seconds, for each way of installing.
    Raises TroubleError with the installer's last words when every way fails.
    """
    where = ["--target", str(target)] if target else []
    words = ""
    for command in _ways(python):
        words = run(
            [*command, "--require-hashes", *where, "-r", str(lock)],
            env=_settings(),
            patience=patience,
        )
        if not words:
            return
    what = f"the packages of {lock.parent.name}/{lock.name}"
    if any(sign in words.lower() for sign in _SIGNS_OF_NO_NETWORK):
        raise TroubleError(
            f"{what} could not be fetched: no package index answers. Is the network there?"
        )
    raise TroubleError(f"{what} could not be installed. {words}")


def has_pip() -> bool:
    """Whether the Python that makes the environment has pip."""
    return _answers([outer_python(), "-m", "pip", "--version"])


def outer_python() -> str:
    """The Python outside any environment, which made this one."""
    return str(getattr(sys, "_base_executable", "") or sys.executable)


def _ways(python: str) -> list[Command]:
    """uv inside the environment, its own pip, and the pip of the Python that made it."""
    ways = []
    if _answers([python, "-m", "uv", "--version"]):
        ways.append([python, "-m", "uv", "pip", "install", "--python", python])
    if _answers([python, "-m", "pip", "--version"]):
        return [*ways, [python, "-m", "pip", "install"]]
    return [*ways, [outer_python(), "-m", "pip", "--python", python, "install"]]


def _answers(command: Command) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _settings() -> dict[str, str]:
    """The installers' settings: quiet, the system's certificates, pip's own mirrors for uv too."""
    quiet = {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_USER": "0",
        "UV_NO_PROGRESS": "1",
        "UV_SYSTEM_CERTS": "1",
        # Hashes decide what is installed, so it may come from whichever mirror has it.
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }
    command = [outer_python(), "-m", "pip", "config", "list"]
    return {
        **as_uv_says(subprocess.run(command, capture_output=True, text=True, check=False).stdout),
        **os.environ,
        **quiet,
    }


def as_uv_says(listed: str) -> dict[str, str]:
    """pip's settings, as `pip config list` prints them, in uv's environment variables."""
    settings = {}
    for line in listed.splitlines():
        key, _, value = line.partition("=")
        section, _, name = key.rpartition(".")
        if name in _PIP_TO_UV and section in {"global", "install", ":env:"}:
            settings[_PIP_TO_UV[name]] = " ".join(value.strip("'\"").replace("\\n", " ").split())
    return settings
