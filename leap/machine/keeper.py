"""The keeper of one server: starts it, starts it again if it dies, ends it when nobody is left.

Run by leap.machine.backing as `python -m leap.machine.keeper postgres|valkey safe|scratch`.
"""

import errno
import json
import os
import signal
import socket
import sys
import time
from pathlib import Path

from leap.machine import places, postgres, processes, valkey
from leap.machine.backing import POSTGRES, run_file
from leap.machine.locks import Lock
from leap.machine.say import TroubleError, explained

Server = postgres.Postgres | valkey.Valkey

_TICK = 0.05  # seconds between looks at the lock and the server
_ATTEMPTS = 3  # another program may take the port we chose
_LIVES = 5  # starts within a minute before we give up on a server that dies


class Closing(Exception):
    """The system asks us to end."""


def keep(part: str, var: Path, *, scratch: bool) -> None:
    """Hold the server until nobody uses it."""
    kind = postgres.Postgres if part == POSTGRES else valkey.Valkey
    server = kind(var, scratch=scratch)
    quit_signal = postgres.QUIT if part == POSTGRES else valkey.QUIT
    process = _started(server, run_file(var, part, "json"))
    _answer("ready")
    users = Lock(run_file(var, part, "users"))
    deaths: list[float] = []
    try:
        while not users.try_take():
            if process.poll() is not None:
                process = _again(server, run_file(var, part, "json"), deaths)
            time.sleep(_TICK)
    except Closing:
        pass
    finally:
        processes.stop(process, quit_signal)


def _started(server: Server, record: Path) -> processes.Process:
    """Start the server where it was last time if the port is free, else on another."""
    for attempt in range(_ATTEMPTS):
        port = _port(record, fresh=attempt > 0)
        try:
            process = server.start(port)
        except TroubleError:
            if attempt == _ATTEMPTS - 1 or _free(port):
                raise
            continue
        record.write_text(json.dumps({"port": port, "keeper": os.getpid(), "server": process.pid}))
        return process
    raise AssertionError  # the last attempt answers or raises


def _again(server: Server, record: Path, deaths: list[float]) -> processes.Process:
    now = time.monotonic()
    deaths[:] = [*(at for at in deaths if now - at < 60), now]
    print(f"{time.ctime()}: {server.name} ended by itself, starting it again", file=sys.stderr)
    if len(deaths) > _LIVES:
        raise TroubleError(f"{server.name} keeps ending; see {server.log}")
    return _started(server, record)


def _port(record: Path, *, fresh: bool) -> int:
    if record.is_file() and not fresh:
        last = int(json.loads(record.read_text())["port"])
        if _free(last):
            return last
    with socket.socket() as any_free:
        any_free.bind(("127.0.0.1", 0))
        return int(any_free.getsockname()[1])


def _free(port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            return False
    return True


def _answer(word: str) -> None:
    """Tell whoever started us, once."""
    print(word, flush=True)
    with open(os.devnull, "w") as nothing:
        os.dup2(nothing.fileno(), sys.stdout.fileno())


def _close(*_: object) -> None:
    raise Closing


def main() -> int:
    """Keep one server. Answers the exit code."""
    part, mode = sys.argv[1:]
    var = places.var()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _close)
    Lock(run_file(var, part, "keeper")).take()  # given back by the end of the process itself
    try:
        keep(part, var, scratch=mode == "scratch")
    except (TroubleError, OSError) as error:
        sentence = explained(error)
        print(f"{time.ctime()}: {sentence}", file=sys.stderr)
        _answer(sentence)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
