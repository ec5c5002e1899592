"""Whether a session takes place, and who says who runs it. Raise a sentence; change nothing."""

from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.ui.formatting import when
from sites.models import MANAGER_TIE, Session


def check_is_on(session: Session) -> None:
    """Whether it still takes place. Conflict where it was cancelled or is over."""
    if session.cancelled_at:
        raise Conflict("This session has been cancelled. Choose another.")
    if session.is_over:
        raise Conflict(f"This session ended on {when(session.ends_at)}. Choose one to come.")


def tie_of(session: Session, user: User) -> str:
    """What `user` is to the register of the session: "manager", "staff" or nothing."""
    return str(Session.objects.with_tie_of(user).only("pk").get(pk=session.pk).tie)  # type: ignore[attr-defined]


def check_can_name_staff(session: Session, user: User) -> None:
    """Who runs a session is said by a manager of its team or site, and by admins."""
    everywhere = user.can_everywhere(Capability.NAME_SESSION_STAFF)
    if not (everywhere or tie_of(session, user) == MANAGER_TIE):
        raise NotAllowed("Who runs a session is said by its team’s managers and by admins.")


def check_can_name_site_team(user: User) -> None:
    """Which team runs everything at a site is said by admins."""
    if not user.can(Capability.NAME_SITE_TEAM):
        raise NotAllowed("Only an admin says which team runs a site.")
