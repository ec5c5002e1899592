"""Servers never run as root. Started by root, they run as `postgres` or `nobody`.

No account is made and no mode of any existing folder is changed. Where that account cannot reach
the programs or the data (a checkout under /root), both live under /var/lib/leap instead.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from leap.ops.runtime.console import TroubleError

_NULL = subprocess.DEVNULL
_HOME = Path("/var/lib/leap")
_ACCOUNTS = ("postgres", "nobody")


class Account:
    """Who the servers run as. For anybody but root, that is the person themselves."""

    def __init__(self) -> None:
        self.entry = _entry() if os.geteuid() == 0 else None

    def start(self, command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        """subprocess.Popen, as this account."""
        if self.entry is None:
            return subprocess.Popen(command, **options)
        return subprocess.Popen(
            command, user=self.entry.pw_uid, group=self.entry.pw_gid, extra_groups=[], **options
        )

    def folder(self, wanted: Path) -> Path:
        """Make a private folder this account can write in.

        Where it cannot reach `wanted`, that becomes a link to a folder in /var/lib/leap.
        """
        if not wanted.exists():
            wanted.mkdir(parents=True)
            self._make_private(wanted)
            if not self._enters(wanted):
                wanted.rmdir()
                name = wanted.name
                if self.entry is None:
                    raise TroubleError(
                        f"{name} cannot be made: the folder above it cannot be entered."
                    )
                folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=_made(_HOME)))
                self._make_private(folder)
                wanted.symlink_to(folder)
        if not self._enters(wanted.resolve()):
            raise TroubleError(f"{wanted} cannot be opened by {self.name}. Who owns it?")
        return wanted.resolve()

    def program(self, path: Path, keep: list[Path]) -> Path:
        """A path of `path` this account can run, copying the sibling folders `keep` if need be."""
        if self._can([str(path), "--version"]):
            return path
        mark = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        copy = _made(_HOME / "programs") / f"{path.name}-{mark}"
        if not copy.is_dir():
            _copy(keep, copy)
        reachable = copy / path.relative_to(keep[0].parent)
        if not self._can([str(reachable), "--version"]):
            raise TroubleError(f"{reachable} does not run as {self.name}.")
        return reachable

    def own(self, path: Path) -> None:
        """Give a file or folder of ours to this account."""
        if self.entry is not None:
            os.chown(path, self.entry.pw_uid, self.entry.pw_gid)

    @property
    def name(self) -> str:
        """The account's name."""
        return self.entry.pw_name if self.entry else pwd.getpwuid(os.geteuid()).pw_name

    def _can(self, command: list[str]) -> bool:
        try:
            return self.start(command, stdout=_NULL, stderr=_NULL, cwd="/").wait() == 0
        except OSError:
            return False

    def _enters(self, folder: Path) -> bool:
        return self._can(["/bin/sh", "-c", 'cd "$0" && test -w .', str(folder)])

    def _make_private(self, folder: Path) -> None:
        self.own(folder)
        folder.chmod(0o700)


def _entry() -> pwd.struct_passwd:
    for name in _ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise TroubleError(
        "PostgreSQL does not run as root and there is neither a 'postgres' nor a 'nobody' account. "
        "Run LEAP as an ordinary user, or set DATABASE_URL and REDIS_URL."
    )


def _made(folder: Path) -> Path:
    """Make a folder of our own that everybody may enter."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (_HOME, folder):
        path.chmod(0o755)
    return folder


def _copy(folders: list[Path], to: Path) -> None:
    """Copy programs to where everybody can read them; whole or not at all."""
    fresh = to.with_name(f"{to.name}.{os.getpid()}")
    for folder in folders:
        shutil.copytree(folder, fresh / folder.name, symlinks=True)
    for path in [fresh, *fresh.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    try:
        fresh.rename(to)
    except OSError:  # another start was quicker
        shutil.rmtree(fresh)
