"""What a command gets on a machine that gives it no servers and no settings."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leap.ops.runtime import servers
from leap.ops.runtime.secrets_store import stored_secret


@contextmanager
def local_environment(var: Path, *, scratch: bool = False) -> Iterator[list[servers.Share]]:
    """Put what is missing into the environment: servers of our own, and settings for loopback."""
    parts = servers.missing()
    var.mkdir(parents=True, exist_ok=True)
    with servers.running(parts, var, scratch=scratch) as shares:
        before = dict(os.environ)
        os.environ.update({share.variable: share.address for share in shares})
        if servers.POSTGRES in parts:
            os.environ.update(settings(var))
        try:
            yield shares
        finally:
            os.environ.clear()
            os.environ.update(before)


def settings(var: Path) -> dict[str, str]:
    """Settings for an app that answers on loopback alone."""
    return {
        "LEAP_LOCAL": "1",
        "LEAP_VAR": str(var),
        "SECRET_KEY": os.environ.get("SECRET_KEY") or stored_secret(var, "secret_key"),
        "DEMO": os.environ.get("DEMO") or demonstrates(var),
    }


def demonstrates(var: Path) -> str:
    """Whether this folder is for demonstration ("1") or was begun with `up --no-demo` ("0")."""
    return "0" if (var / "run" / "no-demo").exists() else "1"


def remember(var: Path, *, demo: bool) -> None:
    """Keep that choice for later commands on the same folder."""
    mark = var / "run" / "no-demo"
    if demo:
        mark.unlink(missing_ok=True)
    else:
        mark.touch()
