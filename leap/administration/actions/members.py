"""Who is in which team, and what they may do there."""

from django.db import transaction

from leap.administration import offboarding, rules
from leap.core.accounts.actions import join_team
from leap.core.accounts.models import Membership, Team, User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict


def membership_of(user: User, team: Team) -> Membership:
    """The spell of `user` in `team` that runs today. Raises Conflict when there is none."""
    membership = user.memberships.live().filter(team=team).select_related("team", "user").first()
    rules.check_is_member(membership, user, team)
    assert membership is not None
    return membership


@transaction.atomic
def add_member(*, user: User, team: Team, role: str, by: User) -> None:
    """Let somebody into a team from today, beside the teams they are in."""
    rules.check_is_admin(by)
    rules.check_is_somebody_else(user, by)
    User.objects.select_for_update().get(pk=user.pk)  # one at a time, so nobody joins twice
    rules.check_works_here(user)
    rules.check_is_no_member(user, team)
    join_team(user=user, team=team, role=role)
    record("member.joined", by=by, subject=user, team_code=team.code, role=role)


@transaction.atomic
def change_role(*, user: User, team: Team, role: str, by: User) -> None:
    """Make somebody manager of a team, or practitioner in it."""
    rules.check_is_admin(by)
    rules.check_is_somebody_else(user, by)
    membership = membership_of(user, team)
    if membership.role == role:
        return
    same = Membership.objects.filter(pk=membership.pk, role=membership.role)
    if not same.update(role=role):
        raise Conflict(f"Somebody else has just changed {user}’s role in {team}.")
    record(
        "member.role_changed",
        by=by,
        subject=user,
        team_code=team.code,
        before=membership.role,
        after=role,
    )


@transaction.atomic
def end_membership(*, user: User, team: Team, by: User) -> None:
    """Take somebody out of a team, once nothing there is theirs any more.

    Raises NotAllowed while they hold something in it, or are the last in a team that does.
    """
    rules.check_can_run(team, by)
    rules.check_is_somebody_else(user, by)
    offboarding.check_team(user, team)
    membership = membership_of(user, team)
    offboarding.check_is_not_the_last(user, team)
    offboarding.end_spell(membership)
    record("member.left", by=by, subject=user, team_code=team.code)


@transaction.atomic
def move(*, user: User, team: Team, to_team: Team, role: str, by: User) -> None:
    """Out of one team and into another on the same day, leaving nothing behind in the first."""
    add_member(user=user, team=to_team, role=role, by=by)
    end_membership(user=user, team=team, by=by)
