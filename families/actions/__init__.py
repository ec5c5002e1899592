"""Every change to a family's record."""

from families.actions.contacts import log_contact, record_observation
from families.actions.families import note_search, open_record, register_family
from families.actions.involvement import end_involvement, involve, move_lead

__all__ = [
    "end_involvement",
    "involve",
    "log_contact",
    "move_lead",
    "note_search",
    "open_record",
    "record_observation",
    "register_family",
]
