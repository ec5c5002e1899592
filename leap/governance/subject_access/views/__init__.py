"""The pages of requests for one's own record."""

from leap.governance.subject_access.views.redaction import accept_proposals, piece, read
from leap.governance.subject_access.views.requests import (
    download,
    extend,
    finish,
    new,
    of_family,
    request_page,
    requests,
)

__all__ = [
    "accept_proposals",
    "download",
    "extend",
    "finish",
    "new",
    "of_family",
    "piece",
    "read",
    "request_page",
    "requests",
]
