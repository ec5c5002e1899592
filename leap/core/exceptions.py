"""The refusals everything else raises. Their sentences are shown to people."""

from collections.abc import Callable


class NotAllowed(Exception):
    """You can see it, but this is not yours to do (403). The message says why."""


class TooMany(NotAllowed):
    """More than anybody's work takes (429). The message says when to try again."""


class Conflict(Exception):
    """Somebody was first (409). The message says what happened."""


def why_not(check: Callable[..., object], *args: object) -> str | None:
    """The sentence with which `check` refuses, or None where it does not: for buttons and lists."""
    try:
        check(*args)
    except (NotAllowed, Conflict) as refusal:
        return str(refusal)
    return None
