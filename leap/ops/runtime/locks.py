"""Locks between processes, released by the kernel however a process ends."""

import fcntl
import os
from pathlib import Path


class Lock:
    """An advisory lock on a file (or a folder), held until `release` or the end of the process.

    As a context manager it waits for the lock, or with `wait=False` only tries: see `held`.
    """

    def __init__(self, path: Path, *, wait: bool = True) -> None:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
        self._file = os.open(path, os.O_RDONLY)  # never inherited by other programs
        self._wait = wait
        self.held = False

    def take(self, *, shared: bool = False) -> "Lock":
        """Wait for the lock."""
        fcntl.flock(self._file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        self.held = True
        return self

    def try_take(self, *, shared: bool = False) -> bool:
        """Take the lock if that is possible at once."""
        how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self._file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self.held = True
        return True

    def release(self) -> None:
        """Let others have it. It can be taken again."""
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self.held = False

    def close(self) -> None:
        """Let others have it, for good."""
        os.close(self._file)

    def __enter__(self) -> "Lock":
        if self._wait:
            return self.take()
        self.try_take()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()
