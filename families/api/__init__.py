"""Families, persons, contacts and observations for other systems."""

from families.api.given import ToFamily, ToPerson, ToTeam, services, sites
from families.api.resources import AboutFamilies, Contacts, Families, Observations, Persons
from families.api.shown import Practitioner

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
