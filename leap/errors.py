"""The two refusals everything else raises. Their sentences are shown to people."""


class NotAllowed(Exception):
    """You can see it, but this is not yours to do (403). The message says why."""


class Conflict(Exception):
    """Somebody was first (409). The message says what happened."""
