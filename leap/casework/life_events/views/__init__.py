"""Pages for the days that change a family."""

from leap.casework.life_events.views.adoptions import adopted, adoption
from leap.casework.life_events.views.births import birth
from leap.casework.life_events.views.changes import changes
from leap.casework.life_events.views.departures import close, leave, reopen
from leap.casework.life_events.views.losses import loss, loss_consequences, undo
from leap.casework.life_events.views.moves import acknowledge, call_off, move_out

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
    "loss_consequences",
    "move_out",
    "reopen",
    "undo",
]
