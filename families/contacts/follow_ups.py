"""Next steps that wait to be done: whose they are, the late ones first."""

from django.db.models import Q

from families.models import Family, FollowUp
from families.models.safety import FollowUpQuerySet
from leap.core.accounts.models import User


def waiting_for(user: User, whose: str) -> FollowUpQuerySet:
    """Those that `user` answers for: their own and what their teams left to anybody; or, for
    `team`, all of their teams'."""
    ours = Q(team__in=user.team_ids)
    mine = Q(to=user) | Q(to=None) & ours
    steps = FollowUp.objects.visible_to(user).waiting().filter(ours if whose == "team" else mine)
    open_steps = steps.filter(family__closed_at=None).select_related(
        "family", "person", "to", "team"
    )
    return open_steps.first_late()


def in_family(family: Family, user: User) -> FollowUpQuerySet:
    """Everybody's, of one family, as far as `user` may read what they come from."""
    steps = FollowUp.objects.visible_to(user).waiting().filter(family=family)
    return steps.select_related("person", "to", "team").first_late()
