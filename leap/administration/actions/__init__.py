"""Every change to who works here. Each is an event in the log."""

from leap.administration.actions.cut_offs import set_cut_offs
from leap.administration.actions.leavers import hand_on
from leap.administration.actions.members import add_member, change_role, end_membership, move
from leap.administration.actions.people import (
    change_practitioner,
    change_programme_role,
    deactivate,
    invite,
    invite_again,
    reactivate,
    reset_second_step,
    sign_out_everywhere,
)
from leap.administration.actions.teams import change_agency, change_team, found_agency, found_team

__all__ = [
    "add_member",
    "change_agency",
    "change_practitioner",
    "change_programme_role",
    "change_role",
    "change_team",
    "deactivate",
    "end_membership",
    "found_agency",
    "found_team",
    "hand_on",
    "invite",
    "invite_again",
    "move",
    "reactivate",
    "reset_second_step",
    "set_cut_offs",
    "sign_out_everywhere",
]
