"""Gathering a family's record for somebody who asks: every piece, with what to do about it."""

from leap.subject_access.gathering.pieces import gather

__all__ = ["gather"]
