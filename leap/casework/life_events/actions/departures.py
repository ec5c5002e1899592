"""Leaving a home or a family, and ending and resuming the work with one."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from families.access.involvement_actions import involve
from families.access.locking import lock_family
from families.models import Family, Involvement, Person, Residence
from leap.casework.life_events import rules
from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.reference_data.models import Postcode
from leap.core.reference_data.postcodes import keep_postcode


@transaction.atomic
def leave_home(
    *,
    family: Family,
    person: Person,
    on: date,
    goes: bool,
    by: User,
    postcode: Postcode | None = None,
    carer: Person | None = None,
) -> None:
    """Record that somebody lives elsewhere from `on`: at `postcode`, or with `carer`, where that is
    known. One who `goes` belongs to the family until that day; the rest of the record stays.

    Raises NotAllowed for the last carer of children who stay: say first who looks after them.
    """
    rules.check_can_record(family, by)
    member = rules.check_is_of(family, person, by)
    if carer:
        rules.check_is_of(family, carer, by)
        postcode = postcode or _home_of(carer)
    if goes:
        rules.check_children_have_somebody(family, member)
        member.left_on = on
        member.save(update_fields=["left_on"])
    if postcode:
        Residence.objects.get_or_create(
            person=person, postcode=keep_postcode(postcode), moved_in_on=on
        )
    record(
        "family.member_left",
        by=by,
        family_ref=family.ref,
        subject=person,
        goes=goes,
        to_carer=carer.ref if carer else "",
    )


def _home_of(carer: Person) -> Postcode | None:
    latest = carer.residences.order_by(F("moved_in_on").desc(nulls_last=True), "listed")
    home = latest.select_related("postcode").first()
    return home.postcode if home else None


@transaction.atomic
def close_family(*, family: Family, outcome: str, by: User) -> None:
    """End the work with a family, saying what came of it. Those who worked with it can read it.

    Raises NotAllowed while a referral or a move out waits for somebody.
    """
    lock_family(family)  # no referral is sent meanwhile
    rules.check_can_close(family, by)
    end_work(family, outcome, by)


def end_work(family: Family, outcome: str, by: User) -> None:
    """Close the record, whoever leads from here on. Conflict where it is closed already."""
    now = timezone.now()
    closed = Family.objects.filter(pk=family.pk, closed_at=None)
    if not closed.update(closed_at=now, closed_reason=outcome[:200]):
        raise Conflict("This record has just been closed by somebody else.")
    family.closed_at = now
    record("family.closed", by=by, family_ref=family.ref)


@transaction.atomic
def reopen_family(*, family: Family, team: Team, why: str, by: User) -> None:
    """Open a closed record again, led from this moment by `team`, with `by` as its practitioner."""
    rules.check_can_reopen(family, by)
    if not by.works_in(team):
        raise NotAllowed(f"You are not in {team}, so you cannot take the family on for it.")
    closed = Family.objects.filter(pk=family.pk, closed_at__isnull=False)
    if not closed.update(closed_at=None, closed_reason="", lead_team=team, lead_practitioner=by):
        raise Conflict("Somebody else has just opened this record again.")
    involve(family=family, team=team, reason=Involvement.Reason.REGISTERED, by=by, note=why[:300])
    record("family.reopened", by=by, family_ref=family.ref, team_code=team.code)
