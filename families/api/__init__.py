"""Families, persons, contacts and observations for other systems."""

from families.api.requests import ToFamily, ToPerson, ToTeam, services, sites
from families.api.resources import AboutFamilies, Contacts, Families, Observations, Persons
from families.api.responses import Practitioner

__all__ = [
    "AboutFamilies",
    "Contacts",
    "Families",
    "Observations",
    "Persons",
    "Practitioner",
    "ToFamily",
    "ToPerson",
    "ToTeam",
    "services",
    "sites",
]
