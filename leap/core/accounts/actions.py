"""Agencies, teams and practitioners: every change to them."""

from django.contrib.auth.models import Group
from django.core.validators import validate_email
from django.db import transaction

from leap.core.accounts.models import Agency, Membership, Team, User
from leap.core.accounts.recipients import admins
from leap.core.exceptions import NotAllowed
from leap.core.locking import lock_until_commit


@transaction.atomic
def create_team(
    *,
    code: str,
    name: str,
    agency: Agency,
    discipline: str,
    ward_codes: list[str] | None = None,
    telephone: str = "",
    email: str = "",
) -> Team:
    """Make a team and the Django group that stands for it in guardian's grants."""
    group = Group.objects.create(name=f"team:{code}")
    return Team.objects.create(
        code=code,
        name=name,
        agency=agency,
        discipline=discipline,
        group=group,
        ward_codes=ward_codes or [],
        telephone=telephone,
        email=email,
    )


@transaction.atomic
def join_team(*, user: User, team: Team, role: str = Membership.Role.PRACTITIONER) -> Membership:
    """Start a spell of `user` in `team`; the group follows, and so do guardian's grants."""
    user.groups.add(team.group)
    return Membership.objects.create(user=user, team=team, role=role)


@transaction.atomic
def create_first_admin(*, email: str, name: str, password: str) -> User:
    """Make the admin who makes everybody else; only while there is none.

    Raises ValidationError for an address that is none, NotAllowed when somebody is admin already.
    """
    validate_email(email)
    lock_until_commit("first admin")
    if admins().exists():
        raise NotAllowed("There is an admin already. They can make others.")
    return User.objects.create_user(
        email, password, name=name, programme_role=User.ProgrammeRole.ADMIN
    )
