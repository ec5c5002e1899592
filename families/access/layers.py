"""Keeping an entry for its audience: the fields that say its layer."""

from typing import Any

from families.inputs import Audience
from families.models import Contact, Layer
from leap.core.accounts.models import Team, User


def layer_fields(audience: Audience, team: Team, by: User | None) -> dict[str, Any]:
    """The fields that keep an entry for `audience`: its layer, and for whom."""
    if audience.layer == Layer.AGENCY:
        return {"layer": Layer.AGENCY, "agency": team.agency, "named": None}
    if audience.layer == Layer.RESTRICTED:
        named = {user.pk for user in [*audience.named, *([by] if by else [])]}
        return {"layer": Layer.RESTRICTED, "agency": None, "named": sorted(named)}
    return {"layer": Layer.SHARED, "agency": None, "named": None}


def layer_of(contact: Contact | None) -> dict[str, Any]:
    """What is found at a contact is seen by whoever sees the contact."""
    if contact is None:
        return {}
    return {"layer": contact.layer, "agency_id": contact.agency_id, "named": contact.named}
