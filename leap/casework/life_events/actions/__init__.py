"""Every change that such a day makes, each in one transaction."""

from leap.casework.life_events.actions.adoptions import record_adoption, register_adopted
from leap.casework.life_events.actions.births import record_birth
from leap.casework.life_events.actions.departures import close_family, leave_home, reopen_family
from leap.casework.life_events.actions.losses import record_loss, undo_loss
from leap.casework.life_events.actions.moves import acknowledge_move, announce_move, call_off_move

__all__ = [
    "acknowledge_move",
    "announce_move",
    "call_off_move",
    "close_family",
    "leave_home",
    "record_adoption",
    "record_birth",
    "record_loss",
    "register_adopted",
    "reopen_family",
    "undo_loss",
]
