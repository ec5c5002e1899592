"""Every change that such a day makes, each in one transaction."""

from leap.life.actions.adoptions import record_adoption, register_adopted
from leap.life.actions.births import record_birth
from leap.life.actions.leaving import close_family, leave_home, reopen_family
from leap.life.actions.losses import record_loss, undo_loss
from leap.life.actions.moves import acknowledge_move, announce_move, call_off_move

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
