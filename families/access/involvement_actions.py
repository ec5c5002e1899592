"""What makes a family visible and who leads it: the only writers of either."""

from datetime import date, datetime

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from families.access import rules
from families.access.involvement_dates import end_of_day
from families.access.locking import lock_family
from families.access.notifications import notify_team_of_family
from families.models import (
    Family,
    FamilyGroupObjectPermission,
    FamilyUserObjectPermission,
    Involvement,
)
from leap.core.accounts.models import Membership, Team, User
from leap.core.accounts.rules import check_still_here
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.notifications.types import NotificationType
from leap.core.rls.session import bypass_rls


def view_permission() -> Permission:
    return Permission.objects.get(codename="view_family", content_type__app_label="families")


@transaction.atomic
def involve(
    *,
    family: Family,
    team: Team,
    reason: str,
    by: User | None,
    note: str = "",
    ended_at: datetime | None = None,
) -> Involvement:
    """Start a team's spell with a family, or go on with the one that is running.

    A running spell that was to end gives way to one that is not: its reason stays on the record.
    """
    running = Involvement.objects.live().filter(family=family, team=team)
    if ended_at and (spell := running.first()):
        return spell
    running.exclude(ended_at=None).update(
        ended_at=timezone.now(), ended_by=by, ended_why="Goes on for another reason"
    )
    # While a family is restricted its teams' spells go on, but open nothing.
    details = {"reason": reason, "by": by, "note": note, "names_only": bool(family.restriction)}
    spell, begun = Involvement.objects.get_or_create(
        family=family, team=team, ended_at=ended_at, defaults=details
    )
    if begun:
        _grant(spell)
        record(
            "family.team_involved", by=by, family_ref=family.ref, team_code=team.code, reason=reason
        )
    return spell


def _grant(spell: Involvement) -> None:
    if spell.team and not spell.names_only:
        FamilyGroupObjectPermission.objects.get_or_create(
            content_object=spell.family, group=spell.team.group, permission=view_permission()
        )


def grant_again(family: Family) -> None:
    """Give guardian's grants for the spells that are live, where some are missing."""
    for spell in Involvement.objects.live().filter(family=family).select_related("team__group"):
        _grant(spell)


@transaction.atomic
def add_team(
    *, family: Family, team: Team, note: str, last_day: date | None, by: User
) -> Involvement:
    """Bring a team into the team around the family, for good or up to and with `last_day`.

    The team is told that it has been, not about whom. Raises Conflict when it is there already.
    """
    rules.check_can_add(family, team, last_day, by)
    Family.objects.select_for_update().only("pk").get(pk=family.pk)
    if Involvement.objects.live().filter(family=family, team=team).exists():
        raise Conflict(f"{team} is working with this family already.")
    spell = involve(
        family=family,
        team=team,
        reason=Involvement.Reason.TEAM_AROUND_FAMILY,
        by=by,
        note=note,
        ended_at=end_of_day(last_day),
    )
    message = "Your team has been asked into the team around a family."
    notify_team_of_family(team, NotificationType.FAMILY, message, family, by=by)
    return spell


@transaction.atomic
def end_involvement(*, family: Family, team: Team, by: User, why: str = "") -> None:
    """End a team's spell; the family is no longer visible to it. A lead must be passed on first."""
    lock_family(family)  # the lead must not come to this team meanwhile
    rules.check_can_end(family, team, by)
    ended = (
        Involvement.objects.live()
        .filter(family=family, team=team)
        .update(ended_at=timezone.now(), ended_by=by, ended_why=why)
    )
    if not ended:
        raise Conflict(f"{team} is no longer working with this family.")
    with bypass_rls("whoever ends the work of their own team sees the family no longer"):
        grants = FamilyGroupObjectPermission.objects.filter(content_object=family)
        grants.filter(group=team.group).delete()
        record("family.team_left", by=by, family_ref=family.ref, team_code=team.code)
        if family.restriction:
            # Those named for a restricted family who are in none of its teams now see it no
            # longer.
            live = Involvement.objects.live().filter(family=family)
            at_work = Membership.objects.live().filter(team__in=live.values("team")).values("user")
            named = live.filter(reason=Involvement.Reason.NAMED)
            off = named.exclude(practitioner__in=at_work)
            people = list(off.values_list("practitioner", flat=True))
            named.filter(practitioner__in=people).update(
                ended_at=timezone.now(), ended_by=by, ended_why="Their team has ended its work"
            )
            FamilyUserObjectPermission.objects.filter(
                content_object=family, user__in=people
            ).delete()
    if not by.works_in(team):
        notify_team_of_family(
            team, NotificationType.FAMILY, "Your team’s work with a family has been ended.", None
        )


@transaction.atomic
def change_end(*, family: Family, team: Team, last_day: date | None, by: User) -> None:
    """Let a team's spell go on up to and with another day, or for good."""
    rules.check_can_change_end(family, team, last_day, by)
    spell = Involvement.objects.live().select_for_update().filter(family=family, team=team).first()
    if spell is None:
        raise Conflict(f"{team} is no longer working with this family.")
    Involvement.objects.filter(pk=spell.pk).update(ended_at=end_of_day(last_day))
    record(
        "family.involvement_changed",
        by=by,
        family_ref=family.ref,
        team_code=team.code,
        last_day=str(last_day or ""),
    )
    message = "The time of your team’s work with a family has changed."
    notify_team_of_family(team, NotificationType.FAMILY, message, family, by=by)


def tidy_grants() -> int:
    """Take away guardian's grants of spells that have lapsed; how many there were.

    Nobody sees anything by them meanwhile: `visible_to` reads the clock, and so does `has_perm`.
    """
    spells = Involvement.objects.live().filter(family=OuterRef("content_object"))
    of_team = spells.filter(team__group=OuterRef("group"), names_only=False)
    of_person = spells.filter(practitioner=OuterRef("user"))
    teams, _ = FamilyGroupObjectPermission.objects.filter(~Exists(of_team)).delete()
    people, _ = FamilyUserObjectPermission.objects.filter(~Exists(of_person)).delete()
    return teams + people


@transaction.atomic
def move_lead(*, family: Family, team: Team, practitioner: User | None, by: User | None) -> None:
    """Pass the baton. The new lead team is involved from here; the old one until it ends that.

    The lead moves only from the team that `family` was read with: two handovers cannot both win.
    """
    before = family.lead_team.code if family.lead_team else ""
    moved = Family.objects.filter(
        pk=family.pk, lead_team=family.lead_team_id, closed_at=None
    ).update(lead_team=team, lead_practitioner=practitioner)
    if not moved:
        raise Conflict("The lead of this family has just been moved by somebody else.")
    check_still_here(practitioner)
    family.refresh_from_db(fields=["lead_team", "lead_practitioner"])
    involve(family=family, team=team, reason=Involvement.Reason.REFERRAL_ACCEPTED, by=by)
    record(
        "family.lead_moved",
        by=by,
        family_ref=family.ref,
        team_code=team.code,
        before=before,
        to=str(practitioner.ref) if practitioner else "",
    )
    if practitioner and family.restriction:
        name_practitioner(family=family, practitioner=practitioner, by=by)


@transaction.atomic
def name_practitioner(*, family: Family, practitioner: User, by: User | None) -> None:
    """Name somebody for a restricted family; one who is named already stays so.

    Whoever becomes its lead practitioner is named from that moment, by whatever way it moves.
    """
    _, begun = Involvement.objects.get_or_create(
        family=family,
        practitioner=practitioner,
        reason=Involvement.Reason.NAMED,
        ended_at=None,
        defaults={"by": by},
    )
    if begun:
        FamilyUserObjectPermission.objects.get_or_create(
            content_object=family, user=practitioner, permission=view_permission()
        )
        named = [str(practitioner.ref)]
        record("family.named", by=by, family_ref=family.ref, named=named)
