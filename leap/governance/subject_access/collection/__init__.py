"""Gathering a family's record for somebody who asks: every piece, with what to do about it."""

from leap.governance.subject_access.collection.redaction import gather

__all__ = ["gather"]
