"""Who may hold a record, lift a hold, and see what a review would let go."""

from families.models import Family
from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import NotAllowed


def check_can_hold(family: Family, user: User) -> None:
    """The lead team answers for the record, and its managers for how long it is kept."""
    if not user.can_in(family.lead_team_id, Capability.HOLD_RECORDS):
        raise NotAllowed(f"Only the managers of {family.lead_team} hold this record or let it go.")


def check_can_review(user: User) -> None:
    if not user.can(Capability.REVIEW_RETENTION):
        raise NotAllowed("What may be let go is for the programme’s admins and teams’ managers.")
