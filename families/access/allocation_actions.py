"""Saying who leads a family by name, within the team that leads it."""

from django.db import transaction

from families.access import rules
from families.access.involvement_actions import name_practitioner
from families.access.notifications import notify_about
from families.models import Family
from leap.core.accounts.models import User
from leap.core.accounts.rules import check_still_here
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.notifications.types import NotificationType


@transaction.atomic
def allocate_family(
    *, family: Family, practitioner: User, instead_of: User | None, by: User
) -> None:
    """Make `practitioner` lead practitioner of `family`, who was led by `instead_of`, or by nobody,
    when `by` looked.

    Whoever leads it from now on is told, and so is whoever led it. Raises Conflict where somebody
    was first, and NotAllowed for somebody who is not at work in the team that leads.
    """
    rules.check_can_allocate_family(family, by)
    rules.check_can_be_lead(family, practitioner)
    if practitioner == instead_of:
        raise Conflict(f"{practitioner} leads this family already.")
    as_seen = Family.objects.open().filter(
        pk=family.pk, lead_team=family.lead_team_id, lead_practitioner=instead_of
    )
    if not as_seen.update(lead_practitioner=practitioner):
        raise Conflict(_what_happened(family))
    check_still_here(practitioner)
    # With their row held nobody takes them out of the team, so this is as it stays.
    rules.check_can_be_lead(family, practitioner)
    family.lead_practitioner = practitioner
    if family.restriction:
        name_practitioner(family=family, practitioner=practitioner, by=by)
    assert family.lead_team is not None
    record(
        "family.allocated",
        by=by,
        family_ref=family.ref,
        team_code=family.lead_team.code,
        before=str(instead_of.ref) if instead_of else "",
        after=str(practitioner.ref),
    )
    if practitioner != by:
        message = "You are now the lead practitioner of a family."
        notify_about(family, [practitioner], NotificationType.FAMILY, message)
    if instead_of and instead_of != by:
        message = "Somebody else now leads a family that you led."
        notify_about(family, [instead_of], NotificationType.FAMILY, message)


def _what_happened(family: Family) -> str:
    now = Family.objects.select_related("lead_team", "lead_practitioner").get(pk=family.pk)
    if now.closed_at:
        return "Somebody has just closed this family’s record."
    if now.lead_team_id != family.lead_team_id:
        return f"{now.lead_team} leads this family now: it has just been handed over."
    if now.lead_practitioner is None:
        return "Nobody leads this family by name now: that has just changed. Look again."
    return f"Somebody was first: {now.lead_practitioner} leads this family now. Look again."
