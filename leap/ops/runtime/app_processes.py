"""The app's own processes: web, worker and beat."""

import os
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from leap.ops.runtime import processes
from leap.ops.runtime.console import TroubleError, say
from leap.ops.runtime.paths import ROOT

_LIVES = 5  # deaths within a minute before we give up
_WEB_THREADS = 4


@dataclass
class Hand:
    """One process of the crew."""

    name: str
    command: list[str]
    log: Path
    patience: float  # seconds it gets to finish what it is doing
    process: processes.Process | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Set it to work."""
        self.process = processes.start(self.command, log=self.log)

    def dead(self) -> bool:
        """Whether it ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def last_words(self) -> str:
        """What is known of its end."""
        return f"{self.log} ends with:\n{processes.tail(self.log)}"


class Crew:
    """All of them, in the order in which they are stopped."""

    def __init__(self, var: Path, port: int, *, debug: bool = False) -> None:
        celery = [sys.executable, "-m", "celery", "--app", "leap"]
        schedule = str(var / "run" / "beat-schedule")
        self.hands = [
            Hand("web", _web(port, debug=debug), var / "web.log", patience=10),
            Hand(
                "beat",
                [*celery, "beat", "--schedule", schedule, "--pidfile=", "--loglevel", "WARNING"],
                var / "beat.log",
                patience=5,
            ),
            Hand(
                "worker",
                [
                    *celery,
                    "worker",
                    "--concurrency",
                    "2",
                    "--loglevel",
                    "INFO",
                    "--without-gossip",
                    "--without-mingle",
                ],
                var / "worker.log",
                patience=15,
            ),
        ]

    def start(self) -> None:
        """Set everybody to work."""
        for hand in self.hands:
            hand.start()

    def must_live(self) -> None:
        """Raise TroubleError when somebody died: while starting, another try would not help."""
        for hand in self.hands:
            if hand.dead():
                raise TroubleError(f"{hand.name} did not start. {hand.last_words()}")

    def tend(self) -> None:
        """Replace whoever died. Raises TroubleError when that happens again and again."""
        for hand in self.hands:
            if hand.dead():
                now = time.monotonic()
                hand.deaths = [*(at for at in hand.deaths if now - at < 60), now]
                if len(hand.deaths) > _LIVES:
                    raise TroubleError(f"{hand.name} keeps ending. {hand.last_words()}")
                say(f"{hand.name} ended by itself; starting it again. {hand.last_words()}")
                hand.start()

    def stop(self) -> None:
        """Let everybody finish what they are doing, and see them gone."""
        at_work = [(hand, hand.process) for hand in self.hands if hand.process]
        for _, process in at_work:
            process.send_signal(signal.SIGTERM)
        for hand, process in at_work:
            processes.see_gone(process, hand.patience)


def _web(port: int, *, debug: bool = False) -> list[str]:
    templates = sorted(map(str, (ROOT / "templates").rglob("*.*"))) if debug else []
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "leap.wsgi:application",
        "--bind",
        f"127.0.0.1:{port}",
        "--worker-class",
        "leap.ops.runtime.web_worker.WholeHeadersWorker",
        "--worker-connections",
        "400",
        "--workers",
        os.environ.get("WEB_CONCURRENCY", "2"),
        "--threads",
        str(_WEB_THREADS),
        "--no-control-socket",
        "--graceful-timeout",
        "5",
        "--log-level",
        "warning",
        *(["--reload"] if debug else []),
        *[part for path in templates for part in ("--reload-extra-file", path)],
    ]
