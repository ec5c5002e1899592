"""Whether somebody can go. The answer holds until the transaction ends.

Whoever is named as lead, or on a referral, has their row in the table of users held meanwhile: see
`leap.core.accounts.rules.check_still_here`. So with that row locked, what they hold only becomes
less.
"""

from django.utils import timezone

from leap.administration import caseload
from leap.core.accounts.models import Membership, Team, User
from leap.core.exceptions import NotAllowed


def _lock(user: User) -> None:
    User.objects.select_for_update().get(pk=user.pk)
    user.refresh_from_db(fields=["is_active", "programme_role"])


def check_account(user: User) -> None:
    """Whether the account can be closed: nothing anywhere is theirs."""
    _lock(user)
    if held := caseload.count(user):
        raise NotAllowed(
            f"{user} still holds {held}. Hand them on first: nothing may be left behind."
        )


def check_team(user: User, team: Team) -> None:
    """Whether they can leave this team: nothing in it is theirs."""
    _lock(user)
    if held := caseload.count(user, team):
        raise NotAllowed(
            f"{user} still holds {held} in {team}. Hand them on first: nothing may be left behind."
        )


def check_is_not_the_last(user: User, team: Team) -> None:
    """Whether somebody stays, where the team holds anything. Two who leave at once wait in turn."""
    Team.objects.select_for_update().get(pk=team.pk)
    stay = Membership.objects.live().filter(team=team, user__is_active=True).exclude(user=user)
    if stay.exists():
        return
    if held := caseload.work_of_team(team):
        raise NotAllowed(
            f"{user} is the last in {team}, which holds {held}. "
            "Let somebody else into the team, or hand its work to another team, first."
        )


def end_spell(membership: Membership) -> None:
    """End it today, and with it what the team's group may see."""
    Membership.objects.filter(pk=membership.pk).update(ended_on=timezone.localdate())
    membership.user.groups.remove(membership.team.group)
