"""What a person reads on a page, for comparing and searching."""

import re
from collections.abc import Callable
from html import unescape

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext


def read(response: HttpResponse) -> str:
    """The words of a page, without markup, spaces made single."""
    words = " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())
    return re.sub(r" (?=[.,:;)])", "", words)


def without_tokens(response: HttpResponse) -> str:
    """The markup as it is sent, without what differs on every load."""
    often = r'name="csrfmiddlewaretoken" value="[^"]+"|data-seconds="\d+"'
    return re.sub(often, "", response.content.decode())


def statements(load: Callable[[], HttpResponse]) -> int:
    """How many statements a page takes, apart from those that only begin and end a transaction,
    and from stepping out from behind row-level security, which a web process never does."""
    with CaptureQueriesContext(connection) as counted:
        assert load().status_code in (200, 302)
    marks = (
        "SAVEPOINT",
        "RELEASE SAVEPOINT",
        "BEGIN",
        "COMMIT",
        "SELECT set_config('role', 'none'",
    )
    return sum(not query["sql"].startswith(marks) for query in counted.captured_queries)
