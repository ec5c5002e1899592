"""Lists of who works here, as far as the reader runs it."""

from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from leap.administration import rules
from leap.core.accounts.models import Agency, Membership, Team, User
from leap.core.accounts.permissions import Capability, team_roles_with

LIVE = Prefetch(
    "memberships",
    queryset=Membership.objects.select_related("team").order_by("started_on", "pk"),
    to_attr="spells",
)


def practitioners(by: User) -> QuerySet[User]:
    """Everybody, for an admin; the people of their own teams, for a manager."""
    rules.check_can_look(by)
    if by.can_everywhere(Capability.SEE_ADMINISTRATION):
        return User.objects.all()
    teams = by.team_ids_with(Capability.SEE_ADMINISTRATION)
    theirs = Membership.objects.live().filter(team__in=teams)
    return User.objects.filter(pk__in=theirs.values("user"))


def practitioner(by: User, ref: object) -> User:
    return get_object_or_404(practitioners(by).prefetch_related(LIVE), ref=ref)


def teams(by: User) -> QuerySet[Team]:
    """Every team, for an admin; their own, for a manager."""
    rules.check_can_look(by)
    teams = Team.objects.select_related("agency").order_by("name")
    if by.can_everywhere(Capability.SEE_ADMINISTRATION):
        return teams
    return teams.filter(pk__in=by.team_ids_with(Capability.SEE_ADMINISTRATION))


def team(by: User, code: str) -> Team:
    return get_object_or_404(teams(by), code=code)


def find_practitioners(
    by: User, q: str = "", team: Team | None = None, state: str = ""
) -> QuerySet[User]:
    """Those who fit: each word in the name or the e-mail address, in a team, in a state."""
    people = practitioners(by).filter(_state(state)).prefetch_related(LIVE)
    for word in (q or "").split():
        people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if team:
        live = Membership.objects.live().filter(team=team).values("user")
        people = people.filter(pk__in=live)
    return people.order_by("name", "pk")


def _state(state: str) -> Q:
    never_opened = Q(is_active=True, has_password=False)
    if state == "invited":
        return never_opened & Q(last_login=None)
    if state == "no_team":
        live = Membership.objects.live().values("user")
        return Q(is_active=True) & ~Q(pk__in=live)
    return Q(is_active=state != "left")


def state_of(user: User) -> str:
    """Left, invited (nobody has chosen a password or signed in yet), or working here."""
    if not user.is_active:
        return "inactive"
    opened = user.has_usable_password() or user.last_login
    return "active" if opened else "invited"


def live_spells(user: User) -> list[Membership]:
    """Of the spells prefetched by these readers, those that run today."""
    today = timezone.localdate()
    spells: list[Membership] = user.spells  # type: ignore[attr-defined]
    return [
        spell
        for spell in spells
        if spell.started_on <= today and (spell.ended_on is None or spell.ended_on > today)
    ]


def with_members(teams: QuerySet[Team]) -> QuerySet[Team]:
    """Each team with how many are in it today, as `people`, and how many manage, as `managing`."""
    today = timezone.localdate()
    runs = Q(memberships__started_on__lte=today, memberships__user__is_active=True) & (
        Q(memberships__ended_on=None) | Q(memberships__ended_on__gt=today)
    )
    manages = runs & Q(memberships__role__in=team_roles_with(Capability.LEAD_TEAM))
    return teams.annotate(
        people=Count("memberships", filter=runs), managing=Count("memberships", filter=manages)
    )


def agencies() -> QuerySet[Agency]:
    """Every agency, with how many teams it has, as `many`."""
    return Agency.objects.annotate(many=Count("teams")).order_by("name")


def members(team: Team) -> QuerySet[Membership]:
    """Who is in the team today, managers first."""
    live = Membership.objects.live().filter(team=team, user__is_active=True)
    return live.select_related("user").order_by("role", "user__name", "pk")
