"""Requests that do not end, however many, keep nobody else out."""

import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest

from leap.ops.runtime import app_processes
from leap.ops.runtime.paths import ROOT

HALF = b"GET /never HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
BEGINNINGS = [
    b"",
    b"G",
    b"GET /never HTTP/1.1\r\n",
    HALF,
    HALF + b"1\r\n",
    b"POST / HTTP/1.1\r\nA: b",
]


@pytest.fixture(scope="module")
def port():
    """Served as `up` serves it, with one process and two threads."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = app_processes._web(port)
    command[command.index("leap.wsgi:application")] = "tests.runtime.half_sent:application"
    command[command.index("--workers") + 1] = "1"
    command[command.index("--threads") + 1] = "2"
    command[command.index("--worker-connections") + 1] = "80"
    assert sys.executable == command[0]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        wait_until_listening(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def wait_until_listening(port: int, process: subprocess.Popen[bytes]) -> None:
    """However long the machine takes over it, unless the server has ended."""
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 60).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"the server ended with {process.returncode}")


def page(port: int, path: str = "/page") -> bytes:
    with closing(HTTPConnection("127.0.0.1", port, timeout=240)) as browser:
        browser.request("GET", path)
        return browser.getresponse().read()


def begin(port: int, data: bytes) -> socket.socket:
    half = socket.create_connection(("127.0.0.1", port), 60)
    half.sendall(data)
    return half


@pytest.mark.parametrize("data", BEGINNINGS)
def test_pages_answer_while_forty_requests_are_half_sent(port, data):
    with ExitStack() as open_ones:
        for _ in range(40):
            open_ones.enter_context(begin(port, data))
        assert [page(port) for _ in range(5)] == [b"/page "] * 5


def test_pages_answer_with_more_half_sent_than_there_is_room_for(port):
    with ExitStack() as open_ones:
        for number in range(200):
            open_ones.enter_context(begin(port, BEGINNINGS[number % len(BEGINNINGS)]))
        assert page(port) == b"/page "


def test_what_ends_after_all_is_answered(port):
    with closing(begin(port, HALF)) as half:
        for piece in (b"1\r\nAccept: text", b"/html\r", b"\n\r", b"\n"):
            assert page(port) == b"/page "
            half.sendall(piece)
        assert half.recv(65536).startswith(b"HTTP/1.1 200")


def test_a_connection_goes_on_for_a_second_request_and_for_two_at_once(port):
    with closing(HTTPConnection("127.0.0.1", port, timeout=240)) as browser:
        for path in ("/one", "/two"):
            browser.request("POST", path, body=b"typed")
            assert browser.getresponse().read() == path.encode() + b" typed"
    whole = b"GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with closing(begin(port, whole + whole.replace(b"/a", b"/b"))) as both:
        come = b""
        while b"/b " not in come:
            come += both.recv(65536)
        assert b"/a " in come


def test_headers_without_end_are_cut_off(port):
    with closing(begin(port, HALF)) as half, pytest.raises((BrokenPipeError, ConnectionResetError)):
        half.sendall(b"x" * 100_000_000)


def test_a_body_arrives_in_pieces(port):
    head = b"POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345"
    with closing(begin(port, head)) as half:
        assert page(port) == b"/page "
        half.sendall(b"67890")
        come = b""
        while b"1234567890" not in come:
            come += half.recv(65536)
