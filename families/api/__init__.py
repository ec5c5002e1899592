"""Families, persons, contacts and observations for other systems."""

from families.api.resources import Contacts, Families, Observations, Persons

__all__ = ["Contacts", "Families", "Observations", "Persons"]
