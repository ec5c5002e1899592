"""The pages of sites and sessions."""

from sites.views.booking import book, cancel
from sites.views.places import session, site, sites
from sites.views.registers import register, walk_in
from sites.views.staff import staff

__all__ = ["book", "cancel", "register", "session", "site", "sites", "staff", "walk_in"]
