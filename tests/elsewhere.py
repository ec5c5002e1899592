"""A second PostgreSQL with a copy of the test database, to be ended as nobody may end the first."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import connection

from leap.ops.runtime import processes
from leap.ops.runtime.postgres import QUIT, Postgres
from tests.app_processes import database_url

# The role belongs to a server, not to a database, so that a copy does not bring it.
ROLE = "CREATE ROLE leap_web NOLOGIN; GRANT leap_web TO leap;"


class Elsewhere:
    """The server, which keeps what it has said yes to, as in production."""

    def __init__(self, var: Path) -> None:
        self.postgres, self.port = Postgres(var, scratch=False), processes.any_free_port()
        self.server = self.postgres.start(self.port)

    def take_over(self) -> None:
        """Copy everything from the test database."""
        program = str(self.postgres.bin / "pg_dump")
        copy = subprocess.run(
            [program, "--no-owner", database_url()], capture_output=True, check=True
        ).stdout
        environ = {**os.environ, "PGPASSWORD": self.postgres.password, "PGOPTIONS": FAST}
        options = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "leap", "-d", "leap"]
        subprocess.run(
            [str(self.postgres.bin / "psql"), "-q", "-v", "ON_ERROR_STOP=1", *options],
            input=ROLE.encode() + copy,
            stdout=subprocess.DEVNULL,
            env=environ,
            check=True,
        )

    def restart(self) -> None:
        """As after a power cut: no session is let finish, and it recovers from its log."""
        processes.stop(self.server, signal.SIGQUIT)
        self.server = self.postgres.start(self.port)

    def stop(self) -> None:
        processes.stop(self.server, QUIT)


FAST = "-c synchronous_commit=off"  # while copying


@contextmanager
def database_elsewhere() -> Iterator[Elsewhere]:
    """Inside the block this process works on the copy, in every thread."""
    with tempfile.TemporaryDirectory(prefix="leap-test-") as folder:
        Path(folder).chmod(0o755)
        server = Elsewhere(Path(folder))
        try:
            server.take_over()
            with _pointed_at(server):
                yield server
        finally:
            server.stop()


@contextmanager
def _pointed_at(server: Elsewhere) -> Iterator[None]:
    settings, before = connection.settings_dict, dict(connection.settings_dict)
    connection.close()
    settings.update(
        HOST="127.0.0.1",
        PORT=server.port,
        USER="leap",
        PASSWORD=server.postgres.password,
        NAME="leap",
    )
    try:
        yield
    finally:
        with suppress(Exception):  # it may be gone
            connection.close()
        settings.update(before)
