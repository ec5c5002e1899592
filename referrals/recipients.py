"""Who is named: the manager something goes to, and the practitioner it returns to."""

from django.db.models import QuerySet

from leap.core.accounts.models import Agency, Membership, Team, User
from referrals.models import Outside, Referral


def named_manager(team: Team) -> User | None:
    """The manager who has been longest in `team`; where it has none, the first of its agency.

    Where the agency has none either, the admin who has been here longest: never nobody, as long as
    there is an admin.
    """
    return (
        _managers().filter(memberships__team=team).first()
        or lead_of(team.agency)
        or User.objects.filter(is_active=True, programme_role="admin").order_by("joined_at").first()
    )


def _managers() -> "QuerySet[User]":
    live = Membership.objects.live().filter(role=Membership.Role.MANAGER)
    people = User.objects.filter(is_active=True, memberships__in=live)
    return people.order_by("memberships__started_on", "memberships__pk")


def lead_of(agency: Agency, *, other_than: User | None = None) -> User | None:
    """The longest-serving manager in the agency, another than `other_than` where there is one."""
    managers = list(_managers().filter(memberships__team__agency=agency)[:20])
    others = [each for each in managers if each != other_than]
    return next(iter(others or managers), None)


def named_sender(referral: Referral | Outside) -> User | None:
    """Who sent it, while they still work there; else the named manager of the team that did."""
    sender = referral.sent_by
    if sender and sender.is_active and sender.works_in(referral.from_team_id):
        return sender
    return named_manager(referral.from_team)
