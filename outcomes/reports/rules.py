"""Who may read reports, and who may issue one."""

from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import NotAllowed


def check_can_see(user: User) -> None:
    """Reports go to the funder; those who answer for them read them first."""
    if not user.can(Capability.READ_REPORTS):
        raise NotAllowed(
            "Reports to the funder are for the programme’s admins and analysts. Ask the programme"
            " office for a copy."
        )


def check_can_issue(user: User) -> None:
    if not user.can(Capability.ISSUE_REPORTS):
        raise NotAllowed(
            "Only the programme’s admins issue reports. You can read and download those issued."
        )
