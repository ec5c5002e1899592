"""What was decided about sharing, and what people said to being offered a service."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from families.access import rules
from families.access.involvement_actions import end_involvement
from families.access.locking import lock_family
from families.models import Family, Person, ServiceConsent, SharingDecision
from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref
from leap.core.reference_data.models import Service

WITHDRAWN = ServiceConsent.Answer.WITHDRAWN


@dataclass(frozen=True)
class NewDecision:
    """A choice to share something with somebody, or not to."""

    decision: str
    what: str
    with_whom: str
    basis: str
    reason: str
    family_told: bool
    why_not_told: str = ""


@transaction.atomic
def decide_sharing(*, family: Family, new: NewDecision, team: Team, by: User) -> SharingDecision:
    """Record a decision of `team`, a refusal too. It can be withdrawn, and never erased."""
    rules.check_can_work_with(family, team, by)
    made = SharingDecision.objects.create(
        ref=new_ref("SD", 8), family=family, team=team, by=by, **vars(new)
    )
    record(
        "sharing.decided",
        by=by,
        family_ref=family.ref,
        subject=made,
        team_code=team.code,
        decision=new.decision,
        basis=new.basis,
        family_told=new.family_told,
    )
    return made


@transaction.atomic
def withdraw_sharing(*, made: SharingDecision, why: str, by: User) -> None:
    """Say that a decision no longer holds. What was decided, and why, stays."""
    rules.check_can_withdraw(made, by)
    held = SharingDecision.objects.filter(pk=made.pk, withdrawn_at=None)
    if not held.update(withdrawn_at=timezone.now(), withdrawn_by=by, withdrawn_why=why):
        raise Conflict("Somebody has withdrawn this decision already.")
    record(
        "sharing.withdrawn",
        by=by,
        family_ref=made.family.ref,
        subject=made,
        team_code=made.team.code,
    )


@transaction.atomic
def record_consent(
    *,
    family: Family,
    person: Person,
    team: Team,
    service: Service | None,
    answer: str,
    by: User,
    note: str = "",
    goes_on: SharingDecision | None = None,
) -> ServiceConsent:
    """Record what a person said to a team's service.

    When agreement is withdrawn and nobody else of the family has given theirs to this team, the
    team's work ends here and now; nothing of the record goes. `goes_on` is the safeguarding
    decision by which it stays all the same. Raises NotAllowed where the team leads: the lead is
    handed over first.
    """
    lock_family(family)  # of two who withdraw at once, one has to see that nobody agrees any more
    rules.check_is_at_work(family, by)
    rules.check_are_members(family, [person], by)
    consent = ServiceConsent.objects.create(
        ref=new_ref("SC", 8),
        family=family,
        person=person,
        team=team,
        service=service,
        answer=answer,
        note=note,
        by=by,
    )
    record(
        "consent.recorded",
        by=by,
        family_ref=family.ref,
        subject=consent,
        team_code=team.code,
        answer=answer,
        goes_on=goes_on.ref if goes_on else "",
    )
    if answer == WITHDRAWN:
        _close_the_door(consent, goes_on, by)
    return consent


def _close_the_door(consent: ServiceConsent, goes_on: SharingDecision | None, by: User) -> None:
    family, team = consent.family, consent.team
    if not family.involvements.live().filter(team=team).exists():
        return
    if goes_on:
        rules.check_keeps_the_door_open(goes_on, family, team)
    elif not _others_agree(consent):
        rules.check_has_handed_over(family, team)
        end_involvement(family=family, team=team, by=by, why="Agreement to the service withdrawn")


def _others_agree(consent: ServiceConsent) -> bool:
    """Whether somebody else, or the same person for another service, still agrees to the team's."""
    latest = (
        ServiceConsent.objects.filter(family=consent.family, team=consent.team)
        .order_by("person", "service", "-said_at", "-pk")
        .distinct("person", "service")
    )
    return any(
        other.answer == ServiceConsent.Answer.GIVEN for other in latest if other.pk != consent.pk
    )
