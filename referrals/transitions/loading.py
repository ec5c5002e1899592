"""Loading a referral for a page."""

from leap.core.accounts.models import User
from leap.core.lookup import get_by_ref_or_404
from referrals.models import Referral
from referrals.subject import with_whole_families


def load(user: User, ref: str) -> Referral:
    """One referral as far as `user` may see it; 404 where it does not exist for them."""
    seen = Referral.objects.visible_to(user).select_related(
        "pathway", "from_team", "to_team", "sent_by", "decided_by", "allocated_to"
    )
    return with_whole_families([get_by_ref_or_404(seen, ref)])[0]
