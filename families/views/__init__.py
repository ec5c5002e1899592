"""Pages about families. A family's own page meets other apps and stands in leap.pages."""

from families.views.addresses import new_address
from families.views.assessing import assessments
from families.views.contacts import contact, log_contact
from families.views.corrections import correct_contact
from families.views.finding import find, search
from families.views.growth import growth
from families.views.involvement import add_team, change_end, end_involvement, involvement
from families.views.keeping import (
    change_layer,
    end_shield,
    lift,
    name,
    protection,
    restrict,
    safe_contact,
    shield,
    take_name_off,
)
from families.views.looking import looked
from families.views.people import add_person, change_person
from families.views.registering import ask_known, known, register
from families.views.sharing import decide_sharing, sharing, withdraw_sharing
from families.views.visits import add_alert, end_alert, finish_follow_up

__all__ = [
    "add_alert",
    "add_person",
    "add_team",
    "ask_known",
    "assessments",
    "change_end",
    "change_layer",
    "change_person",
    "contact",
    "correct_contact",
    "decide_sharing",
    "end_alert",
    "end_involvement",
    "end_shield",
    "find",
    "finish_follow_up",
    "growth",
    "involvement",
    "known",
    "lift",
    "log_contact",
    "looked",
    "name",
    "new_address",
    "protection",
    "register",
    "restrict",
    "safe_contact",
    "search",
    "sharing",
    "shield",
    "take_name_off",
    "withdraw_sharing",
]
