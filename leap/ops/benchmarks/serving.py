"""Real servers for measuring: gunicorn in front, one keep-alive client."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from leap.core.accounts.models import User
from leap.core.auth.sessions import SessionStore
from leap.ops.runtime.processes import any_free_port

HOST = "127.0.0.1"
PATIENCE = 40  # seconds for a server's first answer
CSRF = "a" * 32


class Client:
    """One connection that stays open, and what a browser would send with each request."""

    def __init__(self, port: int, user: User | None = None) -> None:
        self.connection = http.client.HTTPConnection(HOST, port, timeout=60)
        self.headers = {"Host": f"{HOST}:{port}"}
        if user:
            self.headers["Cookie"] = f"sessionid={_session(user)}; csrftoken={CSRF}"

    def get(self, path: str) -> bytes:
        return self._send("GET", path, None, {})

    def post(self, path: str, fields: Mapping[str, object]) -> bytes:
        body = urlencode({"csrfmiddlewaretoken": CSRF, **fields}, doseq=True).encode()
        return self._send("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def post_json(self, path: str, body: bytes, key: str) -> bytes:
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "X-CSRFToken": CSRF,
        }
        return self._send("POST", path, body, headers)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes]:
        """The status and the body of an answer, whatever it is."""
        self.connection.request(method, path, body, {**self.headers, **(headers or {})})
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def _send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> bytes:
        status, content = self.ask(method, path, body, headers)
        if status >= 400 or (method == "POST" and b"govuk-error-summary" in content):
            summary = content[content.find(b"govuk-error-summary") :][:2000]
            raise RuntimeError(f"{method} {path} answered {status}: {summary!r}")
        return content


def _session(user: User) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["since"] = store["here_at"] = int(time.time())
    store.create()
    assert store.session_key
    return store.session_key


@contextmanager
def served(
    settings_module: str, database_url: str, *, walled: bool, prepares: bool = True
) -> Iterator[int]:
    """gunicorn with two workers under these settings; its port. It ends with the block.

    Not `walled`, it reads as whoever owns the database: see leap.core.rls.session. Its sessions
    are called leap-bench and the port.
    """
    port = any_free_port()
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings_module,
        "LIMITS_TIMES": "10000",
        "DATABASE_URL": database_url,
        "LEAP_LOCAL": "1",
        "LEAP_WEB": str(int(walled)),
        "LEAP_PREPARE_STATEMENTS": str(int(prepares)),
        "PGAPPNAME": f"leap-bench-{port}",
    }
    command = [sys.executable, "-m", "gunicorn", "leap.wsgi", "--bind", f"{HOST}:{port}"]
    command += ["--workers", "2", "--threads", "4", "--worker-class", "gthread"]
    command += ["--no-control-socket", "--log-level", "error", "--keep-alive", "600"]
    with subprocess.Popen(command, env=environ, cwd=settings.BASE_DIR) as server:  # noqa: S603 (our own)
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return
