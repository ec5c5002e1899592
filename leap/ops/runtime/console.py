"""What the person at the terminal reads: one line a step, with the seconds since the start."""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_BEGAN = "LEAP_BEGAN"  # the clock survives the change into the project's own environment


class TroubleError(Exception):
    """Something stops the command. The message is a sentence: what is wrong and what to do."""


def begin() -> None:
    """Start the clock, unless the process that became this one has started it already."""
    os.environ.setdefault(_BEGAN, str(time.time()))


def seconds() -> float:
    """Seconds since the command was given."""
    return max(0.0, time.time() - float(os.environ.get(_BEGAN, time.time())))


def say(text: str) -> None:
    """Print one line of progress on standard error, so that piped output stays clean."""
    print(f"[leap {seconds():5.1f}s] {text}", file=sys.stderr, flush=True)


def explain_error(error: Exception) -> str:
    """What stopped the command, as a sentence for the person at the terminal."""
    text = str(error)
    if getattr(error, "errno", None) == errno.ENOSPC or "No space left" in text:
        return "The disk is full. Make room (LEAP needs about 2 GB), then start again."
    if isinstance(error, PermissionError):
        return f"{error.filename} belongs to somebody else, and this account may not change it."
    if isinstance(error, OSError):
        return f"{error.filename or 'The system'}: {error.strerror}."
    return text[:1].upper() + text[1:]


@contextmanager
def sentences() -> Iterator[None]:
    """Within it, what the system refuses becomes a sentence instead of a traceback."""
    try:
        yield
    except OSError as error:
        raise TroubleError(explain_error(error)) from error
