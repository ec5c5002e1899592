"""The administration screens: our own, for what actions own."""

from leap.administration.views.cut_offs import cut_offs
from leap.administration.views.failed_messages import note_told, try_again, undelivered
from leap.administration.views.leavers import leaving
from leap.administration.views.members import end, join, member_role, move
from leap.administration.views.people import (
    change,
    deactivate,
    invite,
    invite_again,
    practitioner,
    practitioners,
    reactivate,
    reset_second_step,
    role,
    sign_out_everywhere,
)
from leap.administration.views.teams import (
    agencies,
    change_agency,
    change_team,
    found_agency,
    found_team,
    team,
    teams,
)

__all__ = [
    "agencies",
    "change",
    "change_agency",
    "change_team",
    "cut_offs",
    "deactivate",
    "end",
    "found_agency",
    "found_team",
    "invite",
    "invite_again",
    "join",
    "leaving",
    "member_role",
    "move",
    "note_told",
    "practitioner",
    "practitioners",
    "reactivate",
    "reset_second_step",
    "role",
    "sign_out_everywhere",
    "team",
    "teams",
    "try_again",
    "undelivered",
]
