"""Practitioners: inviting them, changing who they are and what they run, leaving, coming back."""

from django.core.exceptions import ValidationError
from django.db import transaction

from leap.administration import offboarding, rules
from leap.administration.invitations import post_invitation
from leap.core.accounts import emails
from leap.core.accounts.actions import join_team
from leap.core.accounts.models import Membership, Team, User
from leap.core.accounts.permissions import Capability, programme_role_carries
from leap.core.audit.log import record
from leap.core.auth.actions import reset_second_factor, shut_out
from leap.core.exceptions import Conflict
from leap.core.locking import lock_until_commit
from leap.core.outbox.actions import queue_email

ROLE_NONE = User.ProgrammeRole.NONE


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    by: User,
    telephone: str = "",
    programme_role: str = ROLE_NONE,
    team: Team | None = None,
    role: str = Membership.Role.PRACTITIONER,
) -> User:
    """Make an account that opens with the link sent to `email`, in a team or with a programme role.

    Raises ValidationError for an address that somebody has, or for neither team nor role.
    """
    rules.check_is_admin(by)
    _check_address(email)
    if not (team or programme_role):
        raise ValidationError({"team": "Choose a team, or a role in the programme."})
    user = User.objects.create_user(
        email, None, name=name, telephone=telephone, programme_role=programme_role
    )
    record("practitioner.invited", by=by, subject=user, programme_role=programme_role)
    if team:
        join_team(user=user, team=team, role=role)
        record("member.joined", by=by, subject=user, team_code=team.code, role=role)
    post_invitation(user)
    return user


def _check_address(email: str, user: User | None = None) -> None:
    lock_until_commit("e-mail addresses")
    if problem := emails.why_not(email):
        raise ValidationError({"email": problem})
    taken = User.objects.with_email(email)
    if taken and taken != user:
        left = "" if taken.is_active else " They have left: bring their account back instead."
        raise ValidationError({"email": f"{taken} has this e-mail address already.{left}"})


@transaction.atomic
def invite_again(*, user: User, by: User) -> None:
    """Send another link to somebody who has not chosen a password yet. Earlier links still end."""
    rules.check_is_admin(by)
    rules.check_works_here(user)
    if user.has_usable_password():
        raise Conflict(f"{user} has chosen a password already. They can ask for a new one.")
    post_invitation(user)
    record("practitioner.invited_again", by=by, subject=user)


@transaction.atomic
def change_practitioner(*, user: User, name: str, email: str, telephone: str, by: User) -> None:
    """Change how somebody is called and reached. An old address is told that there is a new one."""
    rules.check_is_admin(by)
    _check_address(email, user)
    before, email = user.email, emails.canonical(email)
    new = {"name": name, "email": email, "telephone": telephone}
    changed = sorted(field for field, value in new.items() if getattr(user, field) != value)
    if not changed:
        return
    User.objects.filter(pk=user.pk).update(**new)
    user.refresh_from_db(fields=list(new))
    record("practitioner.changed", by=by, subject=user, fields=changed)
    if before != email:
        queue_email(to=before, subject="Your LEAP e-mail address has changed", body=NEW_ADDRESS)


NEW_ADDRESS = """An admin has given your LEAP account another e-mail address.
This one no longer signs in.

If you do not know why, speak to your manager at once.
"""


@transaction.atomic
def change_programme_role(*, user: User, programme_role: str, by: User) -> None:
    """Make somebody admin or analyst of the programme, or neither."""
    rules.check_is_admin(by)
    rules.check_is_somebody_else(user, by)
    rules.check_works_here(user)
    if programme_role == user.programme_role:
        return
    if not programme_role_carries(programme_role, Capability.ADMINISTER):
        rules.check_an_admin_remains(without=user)
    same = User.objects.filter(pk=user.pk, programme_role=user.programme_role)
    if not same.update(programme_role=programme_role):
        raise Conflict(f"Somebody else has just changed {user}’s role.")
    before, user.programme_role = user.programme_role, programme_role
    record("practitioner.role_changed", by=by, subject=user, before=before, after=programme_role)


@transaction.atomic
def deactivate(*, user: User, by: User) -> None:
    """Close an account: signed out everywhere at once, out of every team, no password, no token.

    Raises NotAllowed while they hold anything, are the last of a team that does, or the last admin.
    """
    rules.check_is_admin(by)
    rules.check_is_somebody_else(user, by)
    rules.check_an_admin_remains(without=user)
    offboarding.check_account(user)
    if not user.is_active:
        raise Conflict(f"{user} has left already.")
    for membership in user.memberships.live().select_related("team"):
        offboarding.check_is_not_the_last(user, membership.team)
        offboarding.end_spell(membership)
        record("member.left", by=by, subject=user, team_code=membership.team.code)
    # No password any more, so that no session outlasts it, should the account come back.
    user.set_unusable_password()
    user.is_active = False
    user.programme_role = ROLE_NONE
    user.save(update_fields=["has_password", "credential_version", "is_active", "programme_role"])
    shut_out(user=user, by=by)
    record("practitioner.deactivated", by=by, subject=user)


@transaction.atomic
def sign_out_everywhere(*, user: User, by: User) -> None:
    """End all of somebody's sessions and tokens: a lost telephone, a password that got about."""
    rules.check_is_admin(by)
    rules.check_is_somebody_else(user, by)
    shut_out(user=user, by=by)


@transaction.atomic
def reset_second_step(*, user: User, by: User) -> None:
    """Let somebody set up their second step anew, and be signed out until they have."""
    rules.check_is_admin(by)
    rules.check_is_somebody_else(user, by)
    reset_second_factor(user=user, by=by)


@transaction.atomic
def reactivate(*, user: User, by: User) -> None:
    """Bring an account back, in no team and with no role, and send the link that opens it."""
    rules.check_is_admin(by)
    rules.check_is_somebody_else(user, by)
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise Conflict(f"{user}’s account is open already.")
    user.refresh_from_db(fields=["is_active", "password"])
    post_invitation(user)
    record("practitioner.reactivated", by=by, subject=user)
