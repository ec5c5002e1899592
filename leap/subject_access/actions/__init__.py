"""Every change to a request for one's own record."""

from leap.subject_access.actions.answering import export, finish, throw_away
from leap.subject_access.actions.reading import accept_proposals, decide
from leap.subject_access.actions.requests import extend, gather, record_request

__all__ = [
    "accept_proposals",
    "decide",
    "export",
    "extend",
    "finish",
    "gather",
    "record_request",
    "throw_away",
]
