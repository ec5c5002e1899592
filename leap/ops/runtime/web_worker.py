"""A gunicorn worker whose threads are given requests with whole headers only.

gunicorn's own gives a thread to whoever has sent a first byte, and that thread then waits for the
rest of the headers: eight half-sent requests keep everybody out. Here the main loop waits, for all
of them at once and not for ever; looking at what has arrived takes nothing out of the socket.
"""

import time
from functools import partial
from selectors import EVENT_READ
from socket import MSG_PEEK
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

HEADERS_WITHIN = 10.0  # seconds from when they may begin
LOOK_AGAIN = 0.05  # seconds between looks at those that have begun
LARGEST_HEADERS = 32 * 1024  # bytes
STALLED = 30.0  # seconds without a byte of the body, or for a part of the answer to go
END_OF_HEADERS = b"\r\n\r\n"


class WholeHeadersWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """gthread, with the wait for a request's headers in the main loop."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Until when those may go on waiting that have sent nothing yet, and those that have begun.
        # Both in the order in which they came.
        self.silent: dict[TConn, float] = {}
        self.begun: dict[TConn, float] = {}

    def enqueue_req(self, conn: TConn) -> None:
        """Every request comes by here: to a thread when its headers are whole, else it waits."""
        conn.sock.setblocking(False)
        self._judge(conn, time.monotonic() + HEADERS_WITHIN)

    def _judge(self, conn: TConn, until: float) -> None:
        arrived = _arrived(conn)
        if arrived is None:
            self._close(conn)
        elif END_OF_HEADERS in arrived:
            conn.data_ready = True
            super().enqueue_req(conn)
        elif arrived:
            self.begun[conn] = until
        else:
            self.silent[conn] = until
            self.poller.register(conn.sock, EVENT_READ, partial(self._first_bytes, conn))

    def _first_bytes(self, conn: TConn, sock: object) -> None:
        self.poller.unregister(sock)
        self._judge(conn, self.silent.pop(conn))

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """One turn of the main loop. Those that have begun are looked at again soon."""
        super().wait_for_and_dispatch_events(min(timeout, LOOK_AGAIN) if self.begun else timeout)
        waiting, self.begun = self.begun, {}
        for conn, until in waiting.items():
            self._judge(conn, until)
        self._close_late()

    def _close_late(self) -> None:
        """Close those whose time is up; all of them, when the worker is to stop; and the one that
        has waited longest, when there is no room for anybody else."""
        now = time.monotonic()
        for conn, until in [*self.begun.items(), *self.silent.items()]:
            full = self.nr_conns >= self.worker_connections
            if until <= now or full or not self.alive:
                if self.silent.pop(conn, None):
                    self.poller.unregister(conn.sock)
                self.begun.pop(conn, None)
                self._close(conn)

    def _close(self, conn: TConn) -> None:
        self.nr_conns -= 1
        conn.close()

    def handle_request(self, req: Any, conn: TConn) -> Any:
        """A body that stops arriving is given up: it ends as a request that broke off."""
        conn.sock.settimeout(STALLED)
        return super().handle_request(req, conn)


def _arrived(conn: TConn) -> bytes | None:
    """What has come of a request; None where the other side has gone, or sends without end."""
    read = conn.parser.unreader.buf.getvalue() if conn.parser else b""
    try:
        come = conn.sock.recv(LARGEST_HEADERS, MSG_PEEK)
    except BlockingIOError:
        return bytes(read)
    except OSError:
        return None
    arrived = bytes(read + come)
    if not come or (len(arrived) >= LARGEST_HEADERS and END_OF_HEADERS not in arrived):
        return None
    return arrived
