"""Who may change who works here, and when. Raise a sentence; change nothing."""

from django.db.models import Q

from leap.core.accounts.models import Membership, Team, User
from leap.core.accounts.permissions import Capability
from leap.core.accounts.recipients import admins
from leap.core.exceptions import Conflict, NotAllowed


def check_is_admin(by: User) -> None:
    if not by.can_everywhere(Capability.ADMINISTER):
        raise NotAllowed("Only the programme’s admins can do this. Ask one of them.")


def check_can_look(by: User) -> None:
    """Admins see everybody who works here, managers the people of their own teams."""
    if not by.can(Capability.SEE_ADMINISTRATION):
        raise NotAllowed("These pages are for the programme’s admins and for teams’ managers.")


def check_can_run(team: Team, by: User) -> None:
    """Whether `by` may say who in this team does what: its managers, and admins."""
    if not by.can_in(team, Capability.RUN_TEAM):
        raise NotAllowed(f"Only the managers of {team} and the programme’s admins can do this.")


def check_is_somebody_else(user: User, by: User) -> None:
    """Nobody gives themselves a role, lets themselves into a team, or takes themselves out."""
    if user.pk == by.pk:
        raise NotAllowed("You cannot change your own roles and teams. Ask another admin.")


def check_works_here(user: User) -> None:
    if not user.is_active:
        raise Conflict(f"{user} has left. Bring their account back first.")


def able_admins() -> "list[User]":
    """The admins who can sign in, locked until the transaction ends, so that two who each take the
    other's role away cannot both succeed. An invitation nobody has taken up does not count."""
    can_sign_in = Q(has_password=True) | Q(last_login__isnull=False)
    able = admins().filter(can_sign_in)
    return list(able.select_for_update().order_by("pk"))


def check_an_admin_remains(without: User) -> None:
    """Whether somebody can still run the programme when `without` no longer does."""
    if without.can_everywhere(Capability.ADMINISTER) and not any(
        admin.pk != without.pk for admin in able_admins()
    ):
        raise NotAllowed(
            f"{without} is the only admin who can sign in. Make somebody else admin first."
        )


def check_is_member(membership: Membership | None, user: User, team: Team) -> None:
    if membership is None:
        raise Conflict(f"{user} is no longer in {team}.")


def check_is_no_member(user: User, team: Team) -> None:
    if user.memberships.live().filter(team=team).exists():
        raise Conflict(f"{user} is in {team} already.")
