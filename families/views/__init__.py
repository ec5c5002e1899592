"""Pages about families. A family's own page meets other apps and stands in leap.pages."""

from families.views.contacts import contact, log_contact
from families.views.finding import due, search
from families.views.involvement import add_team, change_end, end_involvement, involvement
from families.views.registering import register
from families.views.sharing import decide_sharing, sharing, withdraw_sharing

__all__ = [
    "add_team",
    "change_end",
    "contact",
    "decide_sharing",
    "due",
    "end_involvement",
    "involvement",
    "log_contact",
    "register",
    "search",
    "sharing",
    "withdraw_sharing",
]
