"""Who is named: the manager something goes to, and the practitioner it returns to."""

from collections.abc import Iterable

from django.db.models import QuerySet

from leap.core.accounts.models import Agency, Team, User
from leap.core.accounts.recipients import admins, managers_queryset
from referrals.models import ExternalReferral, Referral


def named_manager(team: Team) -> User | None:
    """The manager who has been longest in `team`; where it has none, the first of its agency.

    Where the agency has none either, the admin who has been here longest: never nobody, as long as
    there is an admin.
    """
    return (
        _longest_first([team.pk]).first()
        or lead_of(team.agency)
        or admins().order_by("joined_at").first()
    )


def _longest_first(teams: Iterable[int] | QuerySet[Team]) -> QuerySet[User]:
    return managers_queryset(teams).order_by("memberships__started_on", "memberships__pk")


def lead_of(agency: Agency, *, other_than: User | None = None) -> User | None:
    """The longest-serving manager in the agency, another than `other_than` where there is one."""
    managers = list(_longest_first(agency.teams.all())[:20])
    others = [manager for manager in managers if manager != other_than]
    return next(iter(others or managers), None)


def named_sender(referral: Referral | ExternalReferral) -> User | None:
    """Who sent it, while they still work there; else the named manager of the team that did."""
    sender = referral.sent_by
    if sender and sender.is_active and sender.works_in(referral.from_team_id):
        return sender
    return named_manager(referral.from_team)
