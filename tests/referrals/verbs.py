"""The actions that move a referral, by their verbs."""

from collections.abc import Callable
from typing import Any

from referrals.transitions import clock_actions, dispute_actions, receiver_actions, sender_actions

_MODULES = (receiver_actions, sender_actions, clock_actions, dispute_actions)


def action(verb: str) -> Callable[..., Any]:
    """`action("accept")(referral=…, by=…)`."""
    return next(getattr(module, verb) for module in _MODULES if hasattr(module, verb))
