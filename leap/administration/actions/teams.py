"""Agencies and their teams."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from leap.administration import caseload, rules
from leap.core.accounts import actions as accounts
from leap.core.accounts.models import Agency, Team, User
from leap.core.audit.log import record
from leap.core.locking import lock_until_commit

LONGEST_CODE = 60


@transaction.atomic
def found_agency(*, name: str, by: User) -> Agency:
    """Add an organisation to the partnership. Raises ValidationError for a name that is taken."""
    rules.check_is_admin(by)
    lock_until_commit("names of agencies")
    code = _code(name, Agency.objects.filter(name__iexact=name).exists())
    try:
        with transaction.atomic():
            agency = Agency.objects.create(code=code, name=name)
    except IntegrityError:
        raise _taken() from None
    record("agency.founded", by=by, agency=agency.code)
    return agency


def _code(name: str, is_taken: bool) -> str:
    """The short name that addresses and files use, made of the long one once and for all."""
    code = slugify(name)[:LONGEST_CODE].strip("-")
    if not code:
        raise ValidationError({"name": "Use some letters or figures in the name."})
    if is_taken:
        raise _taken()
    return code


def _taken() -> ValidationError:
    return ValidationError({"name": "There is one with this name already. Choose another name."})


@transaction.atomic
def change_agency(*, agency: Agency, name: str, by: User) -> None:
    """Give an agency another name; its code stays."""
    rules.check_is_admin(by)
    lock_until_commit("names of agencies")
    if Agency.objects.filter(name__iexact=name).exclude(pk=agency.pk).exists():
        raise _taken()
    if name == agency.name:
        return
    Agency.objects.filter(pk=agency.pk).update(name=name)
    record("agency.changed", by=by, agency=agency.code, fields=["name"])


@transaction.atomic
def found_team(*, name: str, agency: Agency, discipline: str, by: User, **reach: Any) -> Team:
    """Add a team to an agency. `reach`: its ward_codes, telephone and email."""
    rules.check_is_admin(by)
    lock_until_commit("names of teams")
    code = _code(name, Team.objects.filter(name__iexact=name).exists())
    try:
        with transaction.atomic():
            team = accounts.create_team(
                code=code, name=name, agency=agency, discipline=discipline, **reach
            )
    except IntegrityError:
        raise _taken() from None
    record("team.founded", by=by, team_code=team.code, agency=agency.code, discipline=discipline)
    return team


@transaction.atomic
def change_team(*, team: Team, by: User, **new: Any) -> None:
    """Change what a team is called, where it works and how it is reached.

    Its agency and discipline decide what is shared with it and which pathways lead to it, so they
    stay while it holds anything. Raises ValidationError then, and for a name that is taken.
    """
    rules.check_is_admin(by)
    lock_until_commit("names of teams")
    if Team.objects.filter(name__iexact=new["name"]).exclude(pk=team.pk).exists():
        raise _taken()
    changed = sorted(field for field, value in new.items() if getattr(team, field) != value)
    if {"agency", "discipline"} & set(changed) and (held := caseload.work_of_team(team)):
        raise ValidationError(
            {"discipline": f"{team} holds {held}. Its agency and discipline stay while it does."}
        )
    if changed:
        Team.objects.filter(pk=team.pk).update(**new)
        record("team.changed", by=by, team_code=team.code, fields=changed)
