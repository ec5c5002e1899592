"""Starting and stopping other programs so that nothing is left behind."""

import ctypes
import math
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from leap.ops.runtime.console import say
from leap.ops.runtime.paths import ROOT

Process = subprocess.Popen[bytes]

_PR_SET_PDEATHSIG = 1
# Loaded before any fork: after a change of user the libraries may be out of reach.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_HEARTBEAT = 10  # seconds between signs of life while something slow runs
_GRACE = 10  # seconds
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_LONG_LOG = 10_000_000  # bytes; then the next start begins another
_LAST_LINES = 8


def goes_with_us(with_signal: int) -> Callable[[], None]:
    """A step before exec: the child gets `with_signal` when this process dies, however it dies."""
    parent = os.getpid()

    def tie() -> None:
        if _LIBC is None:
            return
        _LIBC.prctl(_PR_SET_PDEATHSIG, with_signal, 0, 0, 0)
        if os.getppid() != parent:  # it died before the tie was made
            os.kill(os.getpid(), with_signal)

    return tie


def any_free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(command: list[str], *, log: Path) -> Process:
    """Start a program in its own session, its output in `log`. It ends when this process does."""
    if log.is_file() and log.stat().st_size > _LONG_LOG:
        log.rename(log.with_suffix(".log.1"))
    with log.open("ab") as out:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            preexec_fn=goes_with_us(signal.SIGTERM),
        )


def run(
    command: list[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    patience: float = math.inf,
) -> str:
    """Run a program to its end, with a line now and then while it takes long.

    Answers nothing when all went well, else its last words. `patience` is in seconds.
    """
    try:
        process = subprocess.Popen(
            command,
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=goes_with_us(signal.SIGTERM),
        )
    except OSError as error:
        return f"{command[0]}: {error.strerror}"
    output = _output(process, patience)
    if output is None:
        return f"{command[0]} took longer than {patience:.0f} seconds"
    words = last_words(output.decode("utf-8", "replace"))
    return "" if process.returncode == 0 else words or f"{command[0]} failed"


def _output(process: Process, patience: float) -> bytes | None:
    """What the program printed, or nothing when it was too slow and has been ended."""
    began = time.monotonic()
    try:
        while (waited := time.monotonic() - began) < patience:
            try:
                return process.communicate(timeout=min(_HEARTBEAT, patience - waited))[0]
            except subprocess.TimeoutExpired:
                say(f"still working ({time.monotonic() - began:.0f} s)")
        return None
    finally:
        if process.poll() is None:
            _end(process)
            process.wait()
        if process.stdout:
            process.stdout.close()


def obey_signals() -> None:
    """Let whatever asks us to end do so as Ctrl-C does, in a script's background too."""
    for number in _ENDING:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # not under nohup
            signal.signal(number, _interrupt)


def ignore_signals() -> None:
    """Finish stopping undisturbed."""
    for number in _ENDING:
        signal.signal(number, signal.SIG_IGN)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def show(command: list[str]) -> int:
    """Run a program that talks to the terminal itself. Answers its exit code."""
    process = subprocess.Popen(command, cwd=ROOT, preexec_fn=goes_with_us(signal.SIGTERM))
    try:
        return process.wait()
    except KeyboardInterrupt:
        ignore_signals()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE if sys.stdin.isatty() else 0)  # at a terminal, Ctrl-C reaches both
        raise
    finally:
        stop(process, signal.SIGINT)


def last_words(output: str) -> str:
    """The last few lines that say anything, on one line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return " ".join(lines[-_LAST_LINES:])[-1000:]


def tail(log: Path, lines: int = 12) -> str:
    """The end of a log, indented."""
    if not log.is_file():
        return ""
    text = log.read_bytes()[-20_000:].decode("utf-8", "replace")
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])


def stop(process: Process, how: int = signal.SIGTERM, patience: float = 10) -> None:
    """Ask a program to end with `how`; when `patience` seconds have passed, end it and its own."""
    if process.poll() is None:
        process.send_signal(how)
        see_gone(process, patience)


def see_gone(process: Process, patience: float) -> None:
    """Wait for a program that was asked to end; when `patience` seconds have passed, end it."""
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        _end(process)
        process.wait()


def _end(process: Process) -> None:
    """End a program at once, with all of its session when it has one of its own."""
    if os.getpgid(process.pid) == process.pid:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
