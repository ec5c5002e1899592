"""Handing referrals from one practitioner of a team to others, such as a leaver's."""

from django.db import transaction

from families.rules import check_can_allocate
from leap.accounts.models import Team, User
from leap.audit.log import event, record_all
from leap.errors import Conflict
from referrals.models import HELD_BY_RECEIVER, Referral


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
        theirs.filter(pk__in=[each.pk for each, to in given.items() if to == colleague]).update(
            allocated_to=colleague
        )
        for colleague in sorted(set(given.values()), key=lambda each: each.pk)
    )
    if moved != len(given):
        raise Conflict(
            f"Somebody has just moved or closed a referral of {practitioner}’s. "
            "Nothing was handed on. Look again."
        )
    record_all(
        event(
            "referral.allocated",
            by=by,
            family_ref=each.family.ref,
            subject=each,
            team_code=team.code,
            to=str(to.ref),
        )
        for each, to in given.items()
    )
