"""Random words kept in LEAP_VAR: the servers' passwords and SECRET_KEY."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def stored_secret(var: Path, name: str) -> str:
    """The secret called `name`, made on first asking. Only the owner can read the file."""
    folder = var / "secrets"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / name
    if not file.exists():
        fresh = folder / f"{name}.{os.getpid()}"
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(36))
        with suppress(FileExistsError):
            os.link(fresh, file)  # whoever is first keeps theirs
        fresh.unlink()
    return file.read_text()
