"""PostgreSQL and Valkey of our own, shared by every command on the same LEAP_VAR.

Each server has a keeper, a small process that starts it and ends it. Whoever uses the server holds
a shared lock on its `users` file; when the keeper can have that lock alone, nobody is left and it
stops the server. The kernel releases the locks of a process that was killed, so no count can go
wrong. Commands that start at once queue on the `start` file; the first one starts the keeper.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from leap.ops.runtime import processes
from leap.ops.runtime.console import TroubleError, say
from leap.ops.runtime.locks import Lock
from leap.ops.runtime.paths import ROOT
from leap.ops.runtime.secrets_store import stored_secret

POSTGRES, VALKEY = "postgres", "valkey"
VARIABLES = {POSTGRES: "DATABASE_URL", VALKEY: "REDIS_URL"}
_NAMES = {POSTGRES: "PostgreSQL", VALKEY: "Valkey"}
_WORTH_SAYING = 0.8  # seconds
_PATIENCE = 15  # seconds to see a server end


def missing(environ: Mapping[str, str] = os.environ) -> list[str]:
    """The servers that the environment does not give."""
    return [part for part, variable in VARIABLES.items() if not environ.get(variable)]


@contextmanager
def running(parts: Sequence[str], var: Path, *, scratch: bool = False) -> Iterator[list["Share"]]:
    """Have `parts` running: joined where they run already, else started.

    `scratch` is for data that may be lost in a power cut: tests. Raises TroubleError when a server
    cannot be started.
    """
    shares = [Share(part, var, scratch=scratch) for part in parts]
    with ExitStack() as stack:
        for share in shares:
            stack.callback(share.leave)
            share.begin()
        for share in shares:
            share.finish()
        yield shares


class Share:
    """This process's use of one server."""

    def __init__(self, part: str, var: Path, *, scratch: bool) -> None:
        self.part, self.var, self.scratch = part, var, scratch
        self.starting = Lock(run_file(var, part, "start"))
        self.users = Lock(run_file(var, part, "users"))
        self.keeper: processes.Process | None = None

    def begin(self) -> None:
        """Count as a user, and set a keeper to work when there is none."""
        self.starting.take()
        self.users.take(shared=True)  # waits while a keeper is closing
        if not self.alive():
            self._see_gone()
            command = [
                sys.executable,
                "-m",
                "leap.ops.runtime.supervisor",
                self.part,
                "scratch" if self.scratch else "safe",
            ]
            with (self.var / "machine.log").open("ab") as log:
                self.keeper = subprocess.Popen(
                    command,
                    cwd=ROOT,
                    env={**os.environ, "LEAP_VAR": str(self.var)},
                    start_new_session=True,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=log,
                )

    def finish(self) -> None:
        """Wait until the server answers."""
        began = time.monotonic()
        if self.keeper and self.keeper.stdout and not self.keeper.stdout.closed:
            # Wait for the keeper's one line: that the server answers, or what went wrong.
            keeper = self.keeper
            assert keeper.stdout
            with keeper.stdout as line:
                word = line.read().decode("utf-8", "replace").strip()
            if word != "ready":
                keeper.wait()
                raise TroubleError(
                    word or "a server could not be started; see machine.log in LEAP_VAR."
                )
        while not run_record(self.var, self.part)["ready"]:  # its starter was killed on the way
            if not self.alive():
                raise TroubleError(f"{_NAMES[self.part]} did not start; see {self.var}/machine.log")
            time.sleep(0.02)
        if time.monotonic() - began > _WORTH_SAYING:
            say(f"{_NAMES[self.part]} is running, its data in {self.var}")
        self.starting.release()

    def mend(self) -> None:
        """Set a new keeper to work should the old one have died."""
        if not self.alive():
            say(f"{_NAMES[self.part]} has gone; starting it again")
            self.begin()
            self.finish()

    def alive(self) -> bool:
        """Whether a keeper is at work."""
        trial = Lock(run_file(self.var, self.part, "keeper"))
        free = trial.try_take(shared=True)  # two who look at once are not in each other's way
        trial.close()
        return not free

    @property
    def variable(self) -> str:
        """The environment variable that names this server."""
        return VARIABLES[self.part]

    @property
    def address(self) -> str:
        """The server's address, password and all."""
        port = run_record(self.var, self.part)["port"]
        password = stored_secret(self.var, self.part)
        if self.part == POSTGRES:
            return f"postgres://leap:{password}@127.0.0.1:{port}/leap"
        return f"redis://:{password}@127.0.0.1:{port}/0"

    def leave(self) -> None:
        """Stop using the server; when nobody else does, wait until it has ended."""
        self.starting.release()
        self.users.release()
        until = time.monotonic() + _PATIENCE
        while self.alive() and time.monotonic() < until and not self._others():
            time.sleep(0.02)
        if not self.alive():
            self._see_gone()

    def _see_gone(self) -> None:
        """Let the system forget a keeper of ours that has ended."""
        if self.keeper:
            self.keeper.wait()

    def _others(self) -> bool:
        """Whether somebody else uses the server (a keeper that is closing holds the lock alone)."""
        if self.users.try_take() or not self.users.try_take(shared=True):
            self.users.release()
            return False
        self.users.release()
        return True


def run_record(var: Path, part: str) -> dict[str, int]:
    """What the keeper wrote down: its process, the server's, the port, and whether it is ready."""
    file = run_file(var, part, "json")
    record: dict[str, int] = json.loads(file.read_text()) if file.is_file() else {}
    return {"keeper": 0, "server": 0, "port": 0, "ready": 0} | record


def write_down(var: Path, part: str, **record: int) -> None:
    """What `run_record` will answer, whole at any moment."""
    file = run_file(var, part, "json")
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(record))
    fresh.rename(file)


def run_file(var: Path, part: str, kind: str) -> Path:
    """A file by which processes on one LEAP_VAR agree."""
    return var / "run" / f"{part}.{kind}"
