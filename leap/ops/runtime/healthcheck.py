"""Asks a page of ours whether all is well: `python -m leap.ops.runtime.healthcheck ADDRESS`."""

import os
import sys
import urllib.error
import urllib.parse
import urllib.request

_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_PATIENCE = 10  # seconds


def ask(address: str) -> tuple[int, str]:
    """A page's status, 0 when nobody answers, and what it says when it is not well.

    Asked as the front would ask, for the host that BASE_URL names.
    """
    headers = {"X-Forwarded-Proto": "https"}
    if host := urllib.parse.urlsplit(os.environ.get("BASE_URL", "")).netloc:
        headers["Host"] = host
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 (our own address)
    try:
        with _DIRECT.open(request, timeout=_PATIENCE) as answer:
            return int(answer.status), ""
    except urllib.error.HTTPError as error:
        return error.code, error.read(2000).decode("utf-8", "replace")
    except OSError as error:
        return 0, str(error)


def main() -> int:
    """Answers 0 when the page is well."""
    status, words = ask(sys.argv[1])
    if status != 200:
        print(status, words)
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
