"""Every change to a family's record."""

from families.actions.contacts import log_contact, record_observation
from families.actions.emergencies import (
    break_glass,
    end_break_glass,
    explain_odd_looks,
    judge_break_glass,
    note_not_found,
)
from families.actions.families import register_family
from families.actions.handing_on import hand_on_families, leave_handover_notes
from families.actions.involvement import (
    add_team,
    change_end,
    end_involvement,
    involve,
    move_lead,
    tidy_grants,
)
from families.actions.opening import (
    note_listed,
    note_search,
    open_record,
    open_records,
    seen_this_hour,
)

__all__ = [
    "add_team",
    "break_glass",
    "change_end",
    "end_break_glass",
    "end_involvement",
    "explain_odd_looks",
    "hand_on_families",
    "involve",
    "judge_break_glass",
    "leave_handover_notes",
    "log_contact",
    "move_lead",
    "note_listed",
    "note_not_found",
    "note_search",
    "open_record",
    "open_records",
    "record_observation",
    "register_family",
    "seen_this_hour",
    "tidy_grants",
]
