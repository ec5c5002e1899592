"""Every change to a request for one's own record."""

from leap.governance.subject_access.actions.answers import delete_copies, export, finish
from leap.governance.subject_access.actions.redaction import accept_proposals, decide
from leap.governance.subject_access.actions.requests import extend, gather, record_request

__all__ = [
    "accept_proposals",
    "decide",
    "delete_copies",
    "export",
    "extend",
    "finish",
    "gather",
    "record_request",
]
