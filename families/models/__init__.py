"""Families and the people in them, who may see them, and what was done with them."""

from families.models.contacts import Contact, ContactPerson
from families.models.cut_offs import CutOff
from families.models.duplicates import PossibleDuplicate
from families.models.families import (
    Family,
    FamilyGroupObjectPermission,
    FamilyUserObjectPermission,
    Involvement,
    Restriction,
)
from families.models.handover_notes import HandoverNote
from families.models.layers import Layer
from families.models.observations import Observation
from families.models.people import Member, Person, PersonReader, Residence
from families.models.safety import ContactVersion, FollowUp, SafetyAlert
from families.models.sharing import (
    AccessAlert,
    BreakGlass,
    SafeContact,
    ServiceConsent,
    SharingDecision,
    Shield,
)

__all__ = [
    "AccessAlert",
    "BreakGlass",
    "Contact",
    "ContactPerson",
    "ContactVersion",
    "CutOff",
    "Family",
    "FamilyGroupObjectPermission",
    "FamilyUserObjectPermission",
    "FollowUp",
    "HandoverNote",
    "Involvement",
    "Layer",
    "Member",
    "Observation",
    "Person",
    "PersonReader",
    "PossibleDuplicate",
    "Residence",
    "Restriction",
    "SafeContact",
    "SafetyAlert",
    "ServiceConsent",
    "SharingDecision",
    "Shield",
]
