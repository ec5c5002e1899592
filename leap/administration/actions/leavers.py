"""Handing on all that somebody holds, so that they can go."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from families.people.caseload_transfer_actions import hand_on_families, leave_handover_notes
from leap.administration import caseload, rules
from leap.core.accounts.models import Membership, Team, User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.rls.session import bypass_rls
from referrals.transitions.caseload_transfer_actions import hand_on_referrals, hand_on_tasks


@dataclass(frozen=True)
class Handing:
    """To whom one family's work goes, and what they need to know."""

    to: User
    note: str


@transaction.atomic
def hand_on(*, user: User, team: Team, handings: dict[str, Handing], by: User) -> int:
    """Give what `user` holds in `team` to colleagues; how many families' work went.

    `handings` says for each family's reference to whom, with a note. All of it goes, or none.
    Raises Conflict when something of it is no longer theirs, NotAllowed for somebody outside the
    team. The number of statements grows with the colleagues, not with the families.
    """
    rules.check_can_run(team, by)
    _check_notes(handings)
    _check_colleagues(team, handings)
    with bypass_rls("a leaver's work moves by reference, whoever may see the families"):
        works = _works(user, team, handings)
        lead = {work.key: handings[work.key].to for work in works if work.leads}
        referrals = {
            referral: handings[work.key].to for work in works for referral in work.referrals
        }
        notes = [(work.family, handings[work.key].to, handings[work.key].note) for work in works]
        hand_on_families(practitioner=user, team=team, new_leads=lead, by=by)
        hand_on_referrals(practitioner=user, team=team, assignments=referrals, by=by)
        tasks = {task: handings[work.key].to for work in works for task in work.tasks}
        hand_on_tasks(practitioner=user, team=team, assignments=tasks, by=by)
        leave_handover_notes(practitioner=user, team=team, notes=notes, by=by)
    record(
        "practitioner.work_handed_on",
        by=by,
        subject=user,
        team_code=team.code,
        families=sum(work.leads for work in works),
        referrals=sum(len(work.referrals) for work in works),
        tasks=sum(len(work.tasks) for work in works),
    )
    return len(works)


def _check_notes(handings: dict[str, Handing]) -> None:
    if not handings:
        raise ValidationError("Choose who takes what over.")
    if unsaid := [ref for ref, handing in handings.items() if not handing.note.strip()]:
        raise ValidationError(
            f"Write a handover note for {_listed(unsaid)}: what the next person needs to know."
        )


def _check_colleagues(team: Team, handings: dict[str, Handing]) -> None:
    """Whether all of them work in the team; with their rows locked, they stay until it is done."""
    keys = {handing.to.pk for handing in handings.values()}
    there = User.objects.filter(pk__in=keys).select_for_update(no_key=True).order_by("pk")
    active = {user.pk for user in there if user.is_active}
    members = Membership.objects.live().filter(team=team, user__in=active)
    working = set(members.values_list("user", flat=True))
    for handing in handings.values():
        if handing.to.pk not in working:
            raise NotAllowed(f"{handing.to} does not work in {team}, or has just left it.")


def _works(user: User, team: Team, handings: dict[str, Handing]) -> list[caseload.HeldWork]:
    held = {work.key: work for work in caseload.work_of_practitioner(user) if work.team == team}
    if gone := [ref for ref in handings if ref not in held]:
        raise Conflict(
            f"{_listed(gone)} {'is' if len(gone) == 1 else 'are'} no longer with {user} in {team}: "
            "somebody has just moved or closed it. Nothing was handed on. Look again."
        )
    return [held[ref] for ref in handings]


def _listed(refs: list[str]) -> str:
    first = ", ".join(refs[:5])
    return f"{first} and {len(refs) - 5} more" if len(refs) > 5 else first
