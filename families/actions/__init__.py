"""Every change to a family's record."""

from families.actions.addresses import record_address
from families.actions.allocating import allocate_family
from families.actions.contacts import change_layer, log_contact, record_observation
from families.actions.corrections import correct_contact
from families.actions.duplicates import (
    ask_both_teams,
    decide_they_are_two,
    note_duplicates_listed,
    note_possible_duplicates,
)
from families.actions.emergencies import (
    break_glass,
    end_break_glass,
    explain_odd_looks,
    find_in_emergency,
    judge_break_glass,
    note_held_up,
)
from families.actions.families import (
    add_person,
    ask_who_knows,
    change_person,
    register_family,
)
from families.actions.handing_on import hand_on_families, leave_handover_notes
from families.actions.identities import ask_for_identities, note_known
from families.actions.involvement import (
    add_team,
    change_end,
    end_involvement,
    involve,
    move_lead,
    tidy_grants,
)
from families.actions.keeping import (
    lift_family,
    lift_person,
    name_for_family,
    name_for_person,
    restrict_family,
    restrict_person,
    take_name_off_family,
    take_name_off_person,
)
from families.actions.locking import lock_family
from families.actions.opening import (
    note_listed,
    note_search,
    open_record,
    open_records,
    seen_this_hour,
)
from families.actions.safety import end_shield, set_safe_contact, shield
from families.actions.sharing import (
    NewDecision,
    decide_sharing,
    record_consent,
    withdraw_sharing,
)
from families.actions.visits import add_alert, end_alert, finish_follow_up

__all__ = [
    "NewDecision",
    "add_alert",
    "add_person",
    "add_team",
    "allocate_family",
    "ask_both_teams",
    "ask_for_identities",
    "ask_who_knows",
    "break_glass",
    "change_end",
    "change_layer",
    "change_person",
    "correct_contact",
    "decide_sharing",
    "decide_they_are_two",
    "end_alert",
    "end_break_glass",
    "end_involvement",
    "end_shield",
    "explain_odd_looks",
    "find_in_emergency",
    "finish_follow_up",
    "hand_on_families",
    "involve",
    "judge_break_glass",
    "leave_handover_notes",
    "lift_family",
    "lift_person",
    "lock_family",
    "log_contact",
    "move_lead",
    "name_for_family",
    "name_for_person",
    "note_duplicates_listed",
    "note_held_up",
    "note_known",
    "note_listed",
    "note_possible_duplicates",
    "note_search",
    "open_record",
    "open_records",
    "record_address",
    "record_consent",
    "record_observation",
    "register_family",
    "restrict_family",
    "restrict_person",
    "seen_this_hour",
    "set_safe_contact",
    "shield",
    "take_name_off_family",
    "take_name_off_person",
    "tidy_grants",
    "withdraw_sharing",
]
