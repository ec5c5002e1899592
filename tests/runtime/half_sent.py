"""What the worker serves in the test: no database, nothing to wait for."""

from collections.abc import Callable, Iterable
from typing import Any


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    answer = environ["PATH_INFO"].encode() + b" " + body
    start("200 OK", [("Content-Length", str(len(answer)))])
    return [answer]
