"""What the worker serves in the test: no database, nothing to wait for."""

from collections.abc import Callable, Iterable
from typing import Any


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    read = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    said = environ["PATH_INFO"].encode() + b" " + read
    start("200 OK", [("Content-Length", str(len(said)))])
    return [said]
