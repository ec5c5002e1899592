"""Pages about families. A family's own page meets other apps and stands in leap.pages."""

from families.views.contacts import contact, log_contact
from families.views.finding import due, search
from families.views.registering import register

__all__ = ["contact", "due", "log_contact", "register", "search"]
