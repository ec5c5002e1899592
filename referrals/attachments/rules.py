"""Who adds a file to a referral, who reads it, and who takes it away."""

from leap.core.accounts.models import User
from leap.core.exceptions import Conflict, NotAllowed
from referrals.models import UNFINISHED, Attachment, Referral
from referrals.wording import status_in_words

AT_MOST = 20  # files on one referral


def check_is_on_a_side(referral: Referral, user: User) -> None:
    """Files are for the sender and the receiver; others who see the referral see that they are."""
    sides = [referral.from_team_id, *([referral.to_team_id] if referral.sent_at else [])]
    if not any(user.works_in(team) for team in sides):
        raise NotAllowed("Files are for the two teams of the referral.")


def check_can_attach(referral: Referral, user: User) -> None:
    check_is_on_a_side(referral, user)
    if referral.status not in UNFINISHED:
        raise Conflict(f"This referral {status_in_words(referral)}, so nothing is attached to it.")
    check_has_room(referral)


def check_has_room(referral: Referral) -> None:
    if Attachment.objects.there().filter(referral=referral).count() >= AT_MOST:
        raise NotAllowed(f"There are {AT_MOST} files on this referral, which is all it takes.")


def check_can_read(attachment: Attachment, referral: Referral, user: User) -> None:
    """Whoever is sent a referral on reads what was attached to it before."""
    check_is_on_a_side(referral, user)
    if attachment.removed_at:
        raise Conflict("This file was taken away.")


def check_can_remove(attachment: Attachment, user: User) -> None:
    if not user.works_in(attachment.team_id):
        raise NotAllowed(f"Only {attachment.team}, who attached this, can take it away.")
    if attachment.removed_at:
        raise Conflict("This file was taken away.")
