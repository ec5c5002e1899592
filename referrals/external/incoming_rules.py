"""Whether what somebody outside sent in can be taken in, and by whom."""

from django.core.exceptions import ValidationError

from families.access.rules import check_is_open
from families.models import Family
from leap.core.accounts.models import User
from leap.core.exceptions import Conflict, NotAllowed, why_not
from referrals.models import InboundReferral, Pathway, Referral
from referrals.rules import check_is_the_only_one


def check_can_settle(incoming: InboundReferral, user: User) -> None:
    if not user.works_in(incoming.to_team_id):
        raise NotAllowed(f"Only {incoming.to_team}, to whom this was sent, can do this.")
    if incoming.settled_at:
        raise Conflict("A colleague has just settled this. Look at it again.")


def check_can_take_in(incoming: InboundReferral, family: Family, pathway: Pathway) -> None:
    """Whether it can become a referral of this family: open, and not asked for already.

    ValidationError where it is another family that must be named, or something else done.
    """
    referral = Referral(family=family, pathway=pathway, to_team=incoming.to_team)
    if why := why_not(check_is_open, family) or why_not(check_is_the_only_one, referral):
        raise ValidationError({"family": why})
