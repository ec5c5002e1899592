"""Handing families from one practitioner of a team to others, such as a leaver's."""

from collections import defaultdict

from django.db import transaction

from families.access import rules
from families.access.involvement_actions import name_practitioner
from families.models import Family, HandoverNote
from leap.core.accounts.models import Team, User
from leap.core.audit.log import event, record_all
from leap.core.exceptions import Conflict


@transaction.atomic
def hand_on_families(
    *, practitioner: User, team: Team, new_leads: dict[str, User], by: User
) -> None:
    """Make colleagues lead practitioner of families that `practitioner` leads in `team`.

    `new_leads` says to whom each family goes, by its reference. All of them move, or none: raises
    Conflict when one is no longer theirs. One statement for each colleague, and two more.
    """
    rules.check_can_allocate(team, by)
    refs: dict[User, list[str]] = defaultdict(list)
    for ref, to in new_leads.items():
        refs[to].append(ref)
    theirs = Family.objects.open().filter(lead_practitioner=practitioner, lead_team=team)
    moved = sum(
        theirs.filter(ref__in=refs[to]).update(lead_practitioner=to)
        for to in sorted(refs, key=lambda user: user.pk)
    )
    if moved != len(new_leads):
        raise Conflict(
            f"Somebody has just moved or closed a family of {practitioner}’s. "
            "Nothing was handed on. Look again."
        )
    for family in Family.objects.filter(ref__in=new_leads).exclude(restriction=""):
        name_practitioner(family=family, practitioner=new_leads[family.ref], by=by)
    record_all(
        event(
            "family.allocated",
            by=by,
            family_ref=ref,
            team_code=team.code,
            before=str(practitioner.ref),
            after=str(to.ref),
        )
        for ref, to in new_leads.items()
    )


@transaction.atomic
def leave_handover_notes(
    *, practitioner: User, team: Team, notes: list[tuple[Family, User, str]], by: User
) -> None:
    """Keep for each family what its next practitioner needs to know; the team alone reads it."""
    rules.check_can_allocate(team, by)
    HandoverNote.objects.bulk_create(
        HandoverNote(
            family=family, team=team, from_practitioner=practitioner, to_practitioner=to,
            by=by, text=text,
        )
        for family, to, text in notes
    )  # fmt: skip
    record_all(
        event("family.handover_note_left", by=by, family_ref=family.ref, team_code=team.code)
        for family, _, _ in notes
    )
