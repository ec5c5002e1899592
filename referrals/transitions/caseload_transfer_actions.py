"""Handing referrals from one practitioner of a team to others, such as a leaver's; and what of
them goes with a family's lead."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from families.access.rules import check_can_allocate
from families.models import Family
from leap.core.accounts.models import Team, User
from leap.core.audit.log import event, record_all
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict
from leap.core.rls.session import bypass_rls
from referrals.models import HELD_BY_RECEIVER, Pathway, Referral, Task


@transaction.atomic
def hand_on_referrals(
    *, practitioner: User, team: Team, assignments: dict[Referral, User], by: User
) -> None:
    """Give referrals that `practitioner` works on in `team` to colleagues there.

    The lead of a family stays where it is: `hand_on_families` moves it. All of them move, or none:
    raises Conflict when one is no longer theirs. One statement for each colleague, and one more.
    """
    check_can_allocate(team, by)
    theirs = Referral.objects.filter(
        allocated_to=practitioner, to_team=team, status__in=HELD_BY_RECEIVER
    )
    moved = sum(
        theirs.filter(pk__in=keys).update(allocated_to=to)
        for to, keys in _by_colleague(assignments)
    )
    _check_all(moved, assignments, f"a referral of {practitioner}’s")
    record_all(
        _event("referral.allocated", referral, team, by, to) for referral, to in assignments.items()
    )


@transaction.atomic
def hand_on_tasks(
    *, practitioner: User, team: Team, assignments: dict[Task, User], by: User
) -> None:
    """Give what `practitioner` must see to in `team` to colleagues there: all of it, or none."""
    check_can_allocate(team, by)
    theirs = Task.objects.waiting().filter(to=practitioner, team=team)
    moved = sum(theirs.filter(pk__in=keys).update(to=to) for to, keys in _by_colleague(assignments))
    _check_all(moved, assignments, f"a task of {practitioner}’s")
    record_all(
        _event("referral.task_handed_on", task.referral, team, by, to, task=task.kind)
        for task, to in assignments.items()
    )


@transaction.atomic
def follow_lead(*, family: Family, practitioner: User, instead_of: User | None, by: User) -> None:
    """The team that leads `family` has named its lead practitioner: what a handover without one
    asked its manager to do is done, and whoever leads works on that handover, where nobody does or
    whoever led before."""
    with bypass_rls("the task may be for a manager of a team that no longer leads"):
        gaps = Task.objects.filter(kind=Task.Kind.GAP, referral__family=family)
        keys = list(gaps.waiting().values_list("pk", flat=True))
        waiting = Task.objects.waiting().filter(pk__in=keys)
        waiting.update(done_at=timezone.now(), done_by=by)
    handed_over = Referral.objects.filter(
        family=family,
        to_team=family.lead_team,
        status__in=HELD_BY_RECEIVER,
        accepted_at__isnull=False,
        pathway__kind=Pathway.Kind.HANDOVER,
    ).filter(Q(allocated_to=None) | Q(allocated_to=instead_of))
    for referral in handed_over.select_related("family", "to_team").order_by("pk"):
        as_read = Referral.objects.filter(pk=referral.pk, allocated_to=referral.allocated_to_id)
        if as_read.update(allocated_to=practitioner):
            record_all([_event("referral.allocated", referral, referral.to_team, by, practitioner)])


def _by_colleague(assignments: Mapping[Any, User]) -> list[tuple[User, list[int]]]:
    """What goes to whom, in an order that two who do this at once share."""
    keys: dict[User, list[int]] = defaultdict(list)
    for item, to in assignments.items():
        keys[to].append(item.pk)
    return sorted(keys.items(), key=lambda pair: pair[0].pk)


def _check_all(moved: int, assignments: Mapping[Any, User], what: str) -> None:
    if moved != len(assignments):
        raise Conflict(
            f"Somebody has just moved or finished {what}. Nothing was handed on. Look again."
        )


def _event(kind: str, referral: Referral, team: Team, by: User, to: User, **more: str) -> Event:
    return event(
        kind,
        by=by,
        family_ref=referral.family.ref,
        subject=referral,
        team_code=team.code,
        to=str(to.ref),
        **more,
    )
