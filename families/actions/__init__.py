"""Every change to a family's record."""

from families.actions.contacts import log_contact, record_observation
from families.actions.families import note_search, open_record, register_family
from families.actions.handing_on import hand_on_families, leave_handover_notes
from families.actions.involvement import end_involvement, involve, move_lead

__all__ = [
    "end_involvement",
    "hand_on_families",
    "involve",
    "leave_handover_notes",
    "log_contact",
    "move_lead",
    "note_search",
    "open_record",
    "record_observation",
    "register_family",
]
