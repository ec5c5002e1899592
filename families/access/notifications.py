"""Telling those who work with a family: that something has happened, never about whom."""

from collections.abc import Iterable

from django.urls import reverse

from families.models import Family
from leap.core.accounts.models import Membership, Team, User
from leap.core.accounts.permissions import Capability, team_roles_with
from leap.core.notifications.actions import notify, tell
from leap.core.notifications.types import NotificationType


def notify_about(
    family: Family, to: Iterable[User | Team], kind: NotificationType, message: str, path: str = ""
) -> None:
    """Tell these of something about a family, whose page it leads to where nothing else is said."""
    tell(
        to,
        kind,
        message,
        path or reverse("families:family", args=[family.ref]),
        family_ref=family.ref,
    )


def notify_team_of_family(
    team: Team,
    kind: NotificationType,
    message: str,
    family: Family | None,
    *,
    by: User | None = None,
) -> None:
    """Tell a team, and where to look: the family's page where it can still see that.

    Its mailbox, and those of its people whom it concerns: who leads the family, else the managers.
    """
    path = reverse("families:family", args=[family.ref]) if family else reverse("my_work")
    ref = family.ref if family else ""
    tell([team], kind, message, path, family_ref=ref)
    lead = [family.lead_practitioner_id] if family else []
    notify(people_of(team, lead, but=by), kind, message, path, family_ref=ref)


def people_of(team: Team, keys: Iterable[int | None], *, but: User | None = None) -> list[User]:
    """Those of these practitioners who work in `team`; where there are none, its managers; where it
    has none, all of its people. Without `but`, who did it and knows."""
    live = Membership.objects.live().filter(team=team, user__is_active=True)
    members = list(live.select_related("user").order_by("pk"))
    wanted = set(keys)
    chosen = (
        [member for member in members if member.user_id in wanted]
        or [member for member in members if member.role in team_roles_with(Capability.LEAD_TEAM)]
        or members
    )
    return [member.user for member in chosen if member.user != but]
