"""The families that somebody may give a lead practitioner, and whom there is to choose from."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from families.access.caseload import Caseload, caseloads_of
from families.models import Family
from families.models.families import FamilyQuerySet
from leap.core.accounts.models import Team, User
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import NotAllowed
from leap.core.rls.session import bypass_rls

NOBODY, ALL = "nobody", "all"


def check_allocates(user: User) -> None:
    """Managers, for the teams they manage; the programme's admins, for every team."""
    if not user.can(Capability.ALLOCATE_FAMILIES):
        raise NotAllowed("Who leads a family is said by the managers of the team that leads it.")


@contextmanager
def as_far_as_needed(user: User) -> Iterator[None]:
    """Inside it an admin reaches every family that is not for named people only."""
    if not user.can_everywhere(Capability.ALLOCATE_FAMILIES):
        yield
        return
    with bypass_rls("an admin gives families a lead by reference, as a leaver's are handed on"):
        yield


def to_allocate(user: User) -> FamilyQuerySet:
    """The open families whose lead practitioner `user` may name: those of the teams they manage,
    as far as they see them; for an admin those of every team, but for what is for named people."""
    teams = user.team_ids_with(Capability.ALLOCATE_FAMILIES)
    seen = Family.objects.visible_to(user).led_by(teams)
    if user.can_everywhere(Capability.ALLOCATE_FAMILIES):
        return Family.objects.open().filter(Q(restriction="") | Q(pk__in=seen.values("pk")))
    return seen.open()


def families_listed(user: User, *, team: Team | None, whose: str) -> QuerySet[Family]:
    """Those of one team, or of all; that nobody leads, that somebody leads, or all of them. The
    longest without a contact first."""
    families = to_allocate(user)
    if team:
        families = families.filter(lead_team=team)
    if whose == NOBODY:
        families = families.without_lead()
    elif whose != ALL:
        families = families.filter(lead_practitioner__ref=whose)
    beside = families.with_lead_at_work().select_related("lead_team", "lead_practitioner")
    return beside.order_by(F("last_contact_at").asc(nulls_first=True), "pk")


def teams_of(user: User) -> list[Team]:
    """The teams whose families `user` may allocate, by name."""
    if user.can_everywhere(Capability.ALLOCATE_FAMILIES):
        with as_far_as_needed(user):
            leading = to_allocate(user).order_by().values("lead_team")
            return list(Team.objects.filter(pk__in=leading).order_by("name"))
    managed = {team.pk: team for team in user.teams_with(Capability.ALLOCATE_FAMILIES)}
    return sorted(managed.values(), key=lambda team: team.name)


def choices_of(
    teams: Iterable[Team], today: date | None = None
) -> list[tuple[Team, list[Caseload]]]:
    """Who works in each of these teams, with what they have on their hands; the least loaded
    first."""
    on = today or timezone.localdate()
    return [(team, caseloads_of([team.pk], on)) for team in teams]


def with_visible_names(families: list[Family], user: User) -> list[dict[str, Any]]:
    """Each family, with its name where `user` may see the family."""
    refs = [family.ref for family in families]
    seen = Family.objects.visible_to(user).filter(ref__in=refs)
    names = dict(seen.values_list("ref", "name"))
    return [{"family": family, "name": names.get(family.ref, "")} for family in families]
