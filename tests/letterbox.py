"""A mail server on this machine: as much of SMTP as a sender needs, and it counts."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Letterbox(socketserver.ThreadingTCPServer):
    """`kept` holds every message taken in. Whoever is in `refused` does not live here. Having
    taken in the message of number `stops_after`, it says so, and then nothing until `go_on`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.kept: list[str] = []
        self.refused: set[str] = set()
        self.stops_after = 0
        self.go_on = threading.Event()

    @property
    def names(self) -> list[str]:
        """The Message-ID of each, in order."""
        matches = (re.search(r"(?m)^Message-ID: (\S+)", message) for message in self.kept)
        return [match[1] for match in matches if match]

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Session(socketserver.StreamRequestHandler):
    server: Letterbox

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            if line.upper().startswith("RCPT") and any(
                address in line for address in self.server.refused
            ):
                self.say("550 nobody of that name")
            elif line.upper() == "DATA":
                self.say("354 go on")
                self.take_in()
            else:
                self.say("221 bye" if line.upper() == "QUIT" else "250 ok")

    def take_in(self) -> None:
        message = b"".join(iter(self.rfile.readline, b".\r\n")).decode()
        self.server.kept.append(message)
        self.say("250 kept")
        if len(self.server.kept) == self.server.stops_after:
            self.server.go_on.wait(60)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def letterbox() -> Iterator[Letterbox]:
    """One that runs until the end of the block."""
    server = Letterbox()
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        server.go_on.set()
        server.shutdown()
        server.server_close()
