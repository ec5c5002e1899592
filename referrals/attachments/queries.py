"""What the page of a referral shows of its files."""

from leap.core.accounts.models import User
from leap.core.exceptions import why_not
from leap.core.rls.session import bypass_rls
from referrals.attachments import rules
from referrals.models import Attachment, Referral

WHY = "whoever is sent a referral on reads what was attached before it was theirs"


def attached_to(referral: Referral, user: User) -> dict[str, object]:
    """Its files, for somebody on one of its sides; for others, how many there are."""
    with bypass_rls(WHY):
        attachments = list(
            Attachment.objects.of(referral).select_related("team", "by", "removed_by")
        )
    on_a_side = why_not(rules.check_is_on_a_side, referral, user) is None
    return {
        "files": attachments if on_a_side else [],
        "files_kept_back": 0 if on_a_side else len(attachments),
        "can_attach": why_not(rules.check_can_attach, referral, user) is None,
        "my_teams": user.team_ids,
    }
