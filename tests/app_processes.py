"""Real workers and addresses for whole stories."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import connection


def database_url() -> str:
    """The test database, as another process is told of it."""
    settings = connection.settings_dict
    name, password = settings["USER"], settings["PASSWORD"]
    user = f"{quote(name)}:{quote(password)}" if password else quote(name)
    return f"postgres://{user}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"


@contextmanager
def worker(**variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker on the test database; killed at the end, if it has not been before."""
    environ = {**os.environ, "DATABASE_URL": database_url(), "DEMO": "1", **variables}
    environ.setdefault("SECRET_KEY", settings.SECRET_KEY)
    command = [sys.executable, "-m", "celery", "--app", "leap", "worker", "--concurrency", "1"]
    with subprocess.Popen(
        command,
        env=environ,
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        try:
            yield running
        finally:
            kill(running)


def kill(running: subprocess.Popen[bytes]) -> None:
    """As a machine that loses power would."""
    if running.poll() is None:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def wait_until(true: Callable[[], object], *, seconds: float = 240) -> None:
    """Look again and again until it is so."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)
