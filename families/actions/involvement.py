"""What makes a family visible and who leads it: the only writers of either."""

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone

from families.models import Family, FamilyGroupObjectPermission, Involvement
from leap.accounts.models import Team, User
from leap.audit.log import record
from leap.errors import Conflict, NotAllowed


def view_permission() -> Permission:
    return Permission.objects.get(codename="view_family", content_type__app_label="families")


@transaction.atomic
def involve(*, family: Family, team: Team, reason: str, by: User | None) -> Involvement:
    """Start a team's spell with a family, or go on with the one that is running."""
    spell, begun = Involvement.objects.get_or_create(
        family=family, team=team, ended_at=None, defaults={"reason": reason}
    )
    if begun:
        FamilyGroupObjectPermission.objects.get_or_create(
            content_object=family, group=team.group, permission=view_permission()
        )
        record(
            "family.team_involved", by=by, family_ref=family.ref, team_code=team.code, reason=reason
        )
    return spell


@transaction.atomic
def end_involvement(*, family: Family, team: Team, by: User) -> None:
    """End a team's spell; the family is no longer visible to it. A lead must be passed on first."""
    if family.lead_team_id == team.pk and not family.closed_at:
        raise NotAllowed(f"{team.name} leads this family. Hand it over before ending the work.")
    ended = (
        Involvement.objects.live().filter(family=family, team=team).update(ended_at=timezone.now())
    )
    if not ended:
        raise Conflict(f"{team.name} is no longer working with this family.")
    FamilyGroupObjectPermission.objects.filter(content_object=family, group=team.group).delete()
    record("family.team_left", by=by, family_ref=family.ref, team_code=team.code)


@transaction.atomic
def move_lead(*, family: Family, team: Team, practitioner: User | None, by: User | None) -> None:
    """Pass the baton. The new lead team is involved from here; the old one until it ends that.

    The lead moves only from the team that `family` was read with: two handovers cannot both win.
    """
    moved = Family.objects.filter(
        pk=family.pk, lead_team=family.lead_team_id, closed_at=None
    ).update(lead_team=team, lead_practitioner=practitioner)
    if not moved:
        raise Conflict("The lead of this family has just been moved by somebody else.")
    family.refresh_from_db(fields=["lead_team", "lead_practitioner"])
    involve(family=family, team=team, reason=Involvement.Reason.REFERRAL_ACCEPTED, by=by)
    record("family.lead_moved", by=by, family_ref=family.ref, team_code=team.code)
