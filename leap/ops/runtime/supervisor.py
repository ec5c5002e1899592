"""The keeper of one server: starts it, starts it again if it dies, ends it when nobody is left.

Run by leap.ops.runtime.servers as `python -m leap.ops.runtime.supervisor postgres|valkey
safe|scratch`.
"""

import errno
import os
import signal
import socket
import sys
import time
from pathlib import Path

from leap.ops.runtime import paths, postgres, processes, valkey
from leap.ops.runtime.console import TroubleError, explain_error
from leap.ops.runtime.locks import Lock
from leap.ops.runtime.servers import POSTGRES, run_file, run_record, write_down

Server = postgres.Postgres | valkey.Valkey

_TICK = 0.05  # seconds between looks at the lock and the server
_ATTEMPTS = 3  # another program may take the port we chose
_LIVES = 5  # starts within a minute before we give up on a server that dies


class Closing(Exception):
    """The system asks us to end."""


def keep(part: str, var: Path, users: Lock, *, scratch: bool) -> None:
    """Hold the server until nobody uses it."""
    kind = postgres.Postgres if part == POSTGRES else valkey.Valkey
    server = kind(var, scratch=scratch)
    quit_signal = postgres.QUIT if part == POSTGRES else valkey.QUIT
    process = _started(server, part)
    _answer("ready")
    deaths: list[float] = []
    try:
        while not users.try_take():
            if process.poll() is not None:
                now = time.monotonic()
                deaths[:] = [*(at for at in deaths if now - at < 60), now]
                print(
                    f"{time.ctime()}: {server.name} ended by itself, starting it again",
                    file=sys.stderr,
                )
                if len(deaths) > _LIVES:
                    raise TroubleError(f"{server.name} keeps ending; see {server.log}")
                process = _started(server, part)
            time.sleep(_TICK)
    except Closing:
        pass
    finally:
        processes.stop(process, quit_signal)


def _started(server: Server, part: str) -> processes.Process:
    """Start the server where it was last time if the port is free, else on another."""
    last = run_record(server.var, part)["port"]
    for attempt in range(_ATTEMPTS):
        port = last if last and not attempt and _free(last) else processes.any_free_port()
        write_down(server.var, part, port=port, keeper=os.getpid(), ready=0)
        try:
            process = server.start(port)
        except TroubleError:
            if attempt == _ATTEMPTS - 1 or _free(port):
                raise
            continue
        write_down(server.var, part, port=port, keeper=os.getpid(), server=process.pid, ready=1)
        return process
    raise AssertionError  # the last attempt answers or raises


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
    var = paths.var()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _close)
    at_work = Lock(run_file(var, part, "keeper")).take()
    users = Lock(run_file(var, part, "users"))
    try:
        keep(part, var, users, scratch=mode == "scratch")
    except (TroubleError, OSError) as error:
        sentence = explain_error(error)
        print(f"{time.ctime()}: {sentence}", file=sys.stderr)
        _answer(sentence)
        return 1
    finally:
        # Before `users`, which the end of the process gives back: whoever waits for that must not
        # find a keeper that is no longer one.
        at_work.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
