"""Loading a family for a page: it is there only for those who may see it, and opening is noted."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from families.access.access_level import annotate_access_level
from families.models import BreakGlass, Family, HandoverNote, Involvement, Member
from leap.core.accounts.models import Team, User
from leap.core.lookup import get_by_ref_or_404

SEEN = "seen"  # in the session: the families opened since signing in
FOUR_WEEKS = timedelta(days=28)  # so long a lead reads of an opening in an emergency


def family_for(user: User, ref: str, *, for_the_log: bool = False) -> Family:
    """The family, with its lead and with `working`, the keys of the reader's teams that work with
    it, whether it `has_lead`, and until when an emergency opened it to them. Http404 when it is
    not visible, just as when there is none.

    What few families have, it only says whether this one has. `for_the_log`, it has what the log
    says of an opening, too.
    """
    working = (
        Involvement.objects.live()
        .filter(family=OuterRef("pk"), team__in=user.team_ids)
        .order_by("started_at")
        .values("team")
    )
    emergency = Involvement.objects.live().filter(
        family=OuterRef("pk"), practitioner=user, reason=Involvement.Reason.BREAK_GLASS
    )
    families = (
        Family.objects.visible_to(user)
        .with_lead_at_work()
        .select_related("lead_team", "lead_practitioner")
        .annotate(
            working=ArraySubquery(working),
            emergency_until=Subquery(emergency.values("ended_at")[:1]),
            opened_in_emergencies=Exists(
                BreakGlass.objects.filter(family=OuterRef("pk"), at__gt=timezone.now() - FOUR_WEEKS)
            ),
            handed_on=Exists(HandoverNote.objects.filter(family=OuterRef("pk"))),
        )
    )
    return get_by_ref_or_404(
        annotate_access_level(families, user) if for_the_log else families, ref
    )


def working_teams(family: Family, user: User) -> list[Team]:
    """Those of the reader's teams that work with the family; the one that leads it first."""
    working: list[int] = family.working  # type: ignore[attr-defined]  # annotated by family_for
    teams = [team for team in user.teams if team.pk in working]
    return sorted(teams, key=lambda team: team.pk != family.lead_team_id)


def members_of(family: Family, user: User) -> list[Member]:
    """Everyone in the family now that `user` may see, each with how they are safely reached;
    children first, the eldest first."""
    members = family.members.current().open_to(user)
    return in_order(members.select_related("person__safe_contact__by"))


def in_order(members: Iterable[Member]) -> list[Member]:
    """Children first, the eldest first; then mothers, fathers and the others who bring them up."""
    return sorted(members, key=_place)


def _place(member: Member) -> tuple[bool, int, str, int]:
    person = member.person
    roles = list(Member.Role.values)
    born = person.birth_date or person.due_date
    return not member.is_child, roles.index(member.role), str(born or ""), member.pk


def member_named(family: Family, user: User, ref: str) -> Member:
    """Somebody of the family whom the reader may see. Http404 for anybody else."""
    members = family.members.current().open_to(user).select_related("person")
    return get_by_ref_or_404(members, ref, through="person")


A_PAGE = 20
