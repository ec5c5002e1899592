"""A proxy that pools transactions, as PgBouncer does with pool_mode = transaction.

Each client signs in over a session of its own, which then goes to whoever sends something next, the
one that came free last first; it is given back when the server says that no transaction is open.
"""

import socket
import socketserver
import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Thread
from typing import ClassVar

NOT_HERE = {80877103, 80877104}  # asking for TLS and for GSS encryption
IDLE = b"I"
PASSWORD_WANTED = {3, 5, 10, 11}


def read(line: socket.socket, count: int) -> bytes:
    parts = b""
    while len(parts) < count:
        part = line.recv(count - len(parts))
        if not part:
            raise ConnectionError
        parts += part
    return parts


def read_message(line: socket.socket, head: int = 1) -> bytes:
    """One message: its type, which the first of a client lacks, its length, and the rest."""
    start = read(line, head + 4)
    return start + read(line, struct.unpack("!I", start[head:])[0] - 4)


class Client(socketserver.BaseRequestHandler):
    server: "Pooler"

    def handle(self) -> None:
        try:
            while (
                struct.unpack("!I", (startup := read_message(self.request, 0))[4:8])[0] in NOT_HERE
            ):
                self.request.sendall(b"N")
            session = socket.create_connection(self.server.database)
            self.serve(session, startup)
            while (message := read_message(self.request))[:1] != b"X":
                self.serve(self.server.free.pop(), message)
        except ConnectionError:
            pass

    def serve(self, session: socket.socket, message: bytes) -> None:
        """Pass on until the server is ready and in no transaction."""
        with ExitStack() as until_it_is_free:
            until_it_is_free.callback(session.close)
            session.sendall(message)
            while (answer := read_message(session))[:1] != b"Z" or answer[5:6] != IDLE:
                self.request.sendall(answer)
                wants_password = answer[:1] == b"R" and answer[8] in PASSWORD_WANTED
                if answer[:1] == b"Z" or wants_password:
                    session.sendall(read_message(self.request))
            until_it_is_free.pop_all()
        self.server.free.append(session)
        self.request.sendall(answer)


class Pooler(socketserver.ThreadingTCPServer):
    daemon_threads = True
    database: tuple[str, int]
    free: ClassVar[list[socket.socket]] = []


@contextmanager
def pooling(host: str, port: int) -> Iterator[int]:
    """The port of a proxy in front of that database."""
    with Pooler(("127.0.0.1", 0), Client) as server:
        server.database, server.free = (host, port), []
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()
        for session in server.free:
            session.close()
