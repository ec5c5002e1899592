"""What somebody holds, and what a team holds: what must not be left behind when they go.

It counts and names by reference. Names of families are for those who may see the families.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from families.models import Family
from leap.core.accounts.models import Membership, Team, User
from leap.core.outbox.models import Draft
from leap.core.rls.session import bypass_rls
from referrals.models import HELD_BY_RECEIVER, Referral, Task


@dataclass
class HeldWork:
    """One family's work in one team that is somebody's: its lead, referrals taken on, tasks."""

    team: Team
    family: Family
    leads: bool = False
    referrals: list[Referral] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    name: str = ""  # of the family, where the reader may see it

    @property
    def key(self) -> str:
        return self.family.ref


def families_led_by(user: User) -> QuerySet[Family]:
    return Family.objects.open().filter(lead_practitioner=user)


def referrals_allocated_to(user: User) -> QuerySet[Referral]:
    """Referrals that are theirs to work on, until they are closed."""
    return Referral.objects.filter(allocated_to=user, status__in=HELD_BY_RECEIVER)


def tasks_of(user: User) -> QuerySet[Task]:
    """What they, by name, must see to about a referral."""
    return Task.objects.waiting().filter(to=user)


def work_of_practitioner(user: User, reader: User | None = None) -> list[HeldWork]:
    """All that `user` holds, a family at a time, the longest without a contact first.

    Four statements, however much it is.
    """
    with bypass_rls(WHY):
        works = _works(user)
    if reader:
        # The families' names, for a reader who may see them.
        refs = [work.family.ref for work in works]
        names = dict(
            Family.objects.visible_to(reader).filter(ref__in=refs).values_list("ref", "name")
        )
        for work in works:
            work.name = names.get(work.family.ref, "")
    return works


WHY = "what somebody holds is counted and named by reference, whoever may see the families"


def _works(user: User) -> list[HeldWork]:
    works: dict[tuple[int, int], HeldWork] = {}
    for family in (
        families_led_by(user).select_related("lead_team").order_by("last_contact_at", "ref")
    ):
        assert family.lead_team is not None
        works[family.lead_team.pk, family.pk] = HeldWork(family.lead_team, family, leads=True)
    referrals = referrals_allocated_to(user).select_related("family", "to_team", "pathway")
    for referral in referrals.order_by("acknowledge_by", "ref"):
        place = referral.to_team_id, referral.family_id
        work = works.setdefault(place, HeldWork(referral.to_team, referral.family))
        work.referrals.append(referral)
    for task in tasks_of(user).select_related("team", "referral__family").order_by("made_at"):
        family = task.referral.family
        work = works.setdefault((task.team_id, family.pk), HeldWork(task.team, family))
        work.tasks.append(task)
    return list(works.values())


def has_now(refs: Iterable[str]) -> dict[str, str]:
    """Who leads each of these families by name today, or which team where nobody does."""
    families = Family.objects.filter(ref__in=list(refs)).select_related(
        "lead_practitioner", "lead_team"
    )
    with bypass_rls("whoever hands on work is told who was first, by reference"):
        return {
            family.ref: str(family.lead_practitioner or family.lead_team) for family in families
        }


@dataclass(frozen=True)
class HeldCounts:
    """How much, in numbers. False when it is nothing."""

    families: int
    referrals: int
    tasks: int = 0

    def __bool__(self) -> bool:
        return bool(self.families or self.referrals or self.tasks)

    def __str__(self) -> str:
        counted = (
            (self.families, "open family", "open families"),
            (self.referrals, "referral", "referrals"),
            (self.tasks, "task", "tasks"),
        )
        return " and ".join(
            f"{number} {one if number == 1 else many}" for number, one, many in counted if number
        )


def count(user: User, team: Team | None = None) -> HeldCounts:
    """How much `user` holds, in `team` alone if one is given."""
    families, referrals, tasks = families_led_by(user), referrals_allocated_to(user), tasks_of(user)
    if team:
        families, referrals = families.filter(lead_team=team), referrals.filter(to_team=team)
        tasks = tasks.filter(team=team)
    with bypass_rls(WHY):
        return HeldCounts(families.count(), referrals.count(), tasks.count())


def work_of_team(team: Team) -> HeldCounts:
    """What waits for this team or is in its hands."""
    with bypass_rls(WHY):
        return HeldCounts(
            Family.objects.open().filter(lead_team=team).count(),
            Referral.objects.held_by([team.pk]).count(),
        )


def colleagues(team: Team, without: User) -> list[User]:
    """Who else works in the team, each with how many families they lead, as `leading`."""
    members = Membership.objects.live().filter(team=team).values("user")
    people = User.objects.filter(pk__in=members, is_active=True).exclude(pk=without.pk)
    users = list(people.order_by("name", "pk"))
    led = Family.objects.open().filter(lead_practitioner__in=users)
    with bypass_rls(WHY):
        load = dict(led.values_list("lead_practitioner").annotate(many=Count("pk")))
    for user in users:
        user.leading = load.get(user.pk, 0)  # type: ignore[attr-defined]
    return users


# What each kind of unsent typing is called; see the forms that keep drafts.
KINDS = {
    "contact": "A contact not saved yet",
    "referral": "A referral not sent yet",
    "register": "A family not registered yet",
}
OTHER = "A form not sent yet"


def drafts(user: User) -> list[tuple[str, Draft]]:
    """What they have typed and not sent, by its kind and without its words."""
    unsent = Draft.objects.unsent().filter(user=user).defer("fields").order_by("saved_at")
    with bypass_rls("when and where somebody has typed is told, never what"):
        return [(KINDS.get(draft.form.partition("-")[0], OTHER), draft) for draft in unsent]
