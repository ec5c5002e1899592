"""Pages for the days that change a family."""

from leap.life.views.adoptions import adopted, adoption
from leap.life.views.births import birth
from leap.life.views.changes import changes
from leap.life.views.leaving import close, leave, reopen
from leap.life.views.losses import loss, stopped, undo
from leap.life.views.moves import acknowledge, call_off, move_out

__all__ = [
    "acknowledge",
    "adopted",
    "adoption",
    "birth",
    "call_off",
    "changes",
    "close",
    "leave",
    "loss",
    "move_out",
    "reopen",
    "stopped",
    "undo",
]
