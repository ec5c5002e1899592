"""What each side is told of a referral: that something waits or has happened, never about whom."""

from families.access.notifications import people_of
from leap.core.accounts.models import Team, User
from leap.core.notifications.actions import notify
from leap.core.notifications.actions import tell as tell_all
from leap.core.notifications.types import NotificationType
from referrals.models import ExternalReferral, Referral


def notify_team(
    team: Team,
    kind: NotificationType,
    message: str,
    referral: Referral | ExternalReferral,
    *,
    by: User | None,
) -> None:
    """Tell a team: its mailbox, and those of its people whom the referral concerns but for `by`.

    All in the caller's transaction. `message` is a sentence. A team that took it in from outside is
    not told of what it does itself.
    """
    if by and isinstance(referral, Referral) and referral.is_internal:
        return
    # Who asked, on one side, and who decides and does it, on the other.
    lead = referral.family.lead_practitioner_id
    if isinstance(referral, ExternalReferral) or team.pk == referral.from_team_id:
        concerned = [referral.sent_by_id, lead]
    else:
        concerned = [referral.allocated_to_id, referral.decided_by_id, lead]
    path = referral.get_absolute_url()
    about = {"family_ref": referral.family.ref, "about": referral.ref}
    tell_all([team], kind, message, path, **about)
    notify(people_of(team, concerned, but=by), kind, message, path, **about)


def notify_person(
    user: User, kind: NotificationType, message: str, referral: Referral | ExternalReferral
) -> None:
    """The same to one practitioner: what is for somebody by name."""
    path = referral.get_absolute_url()
    tell_all([user], kind, message, path, family_ref=referral.family.ref, about=referral.ref)
