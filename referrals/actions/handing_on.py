"""Handing referrals from one practitioner of a team to others, such as a leaver's."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from families.rules import check_can_allocate
from leap.accounts.models import Team, User
from leap.audit.log import event, record_all
from leap.audit.models import Event
from leap.errors import Conflict
from referrals.models import HELD_BY_RECEIVER, Referral, Task


@transaction.atomic
def hand_on_referrals(
    *, practitioner: User, team: Team, given: dict[Referral, User], by: User
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
        theirs.filter(pk__in=keys).update(allocated_to=to) for to, keys in _by_colleague(given)
    )
    _check_all(moved, given, f"a referral of {practitioner}’s")
    record_all(
        _event("referral.allocated", referral, team, by, to) for referral, to in given.items()
    )


@transaction.atomic
def hand_on_tasks(*, practitioner: User, team: Team, given: dict[Task, User], by: User) -> None:
    """Give what `practitioner` must see to in `team` to colleagues there: all of it, or none."""
    check_can_allocate(team, by)
    theirs = Task.objects.waiting().filter(to=practitioner, team=team)
    moved = sum(theirs.filter(pk__in=keys).update(to=to) for to, keys in _by_colleague(given))
    _check_all(moved, given, f"a task of {practitioner}’s")
    record_all(
        _event("referral.task_handed_on", task.referral, team, by, to, task=task.kind)
        for task, to in given.items()
    )


def _by_colleague(given: Mapping[Any, User]) -> list[tuple[User, list[int]]]:
    """What goes to whom, in an order that two who do this at once share."""
    keys: dict[User, list[int]] = defaultdict(list)
    for each, to in given.items():
        keys[to].append(each.pk)
    return sorted(keys.items(), key=lambda pair: pair[0].pk)


def _check_all(moved: int, given: Mapping[Any, User], what: str) -> None:
    if moved != len(given):
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
