"""Families and the people in them, who may see them, and what was done with them."""

from families.models.contacts import Contact, ContactPerson
from families.models.families import (
    Family,
    FamilyGroupObjectPermission,
    FamilyUserObjectPermission,
    Involvement,
)
from families.models.observations import Observation
from families.models.people import Member, Person, Residence

__all__ = [
    "Contact",
    "ContactPerson",
    "Family",
    "FamilyGroupObjectPermission",
    "FamilyUserObjectPermission",
    "Involvement",
    "Member",
    "Observation",
    "Person",
    "Residence",
]
