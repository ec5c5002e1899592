"""What keeps families safe, so that each kind can be looked at.

A record for named people, a shielded address, entries kept within an agency or for named people,
and how a mother is safely reached.
"""

from collections.abc import Callable
from datetime import timedelta

from families.models import (
    Contact,
    Family,
    FamilyGroupObjectPermission,
    FamilyUserObjectPermission,
    Involvement,
    Restriction,
    SafeContact,
    Shield,
)
from leap.core.accounts.models import User
from leap.ops.demo.partnership import STOCKWELL_HV, sign_in
from leap.ops.demo.stories import Story
from leap.ops.demo.working_hours import at
from leap.ops.demo.world import World

LATELY = timedelta(days=9)


def protect(world: World, stories: list[Story]) -> None:
    """Choose families of the health visitor who signs in, and protect them once they are saved."""
    hers = sign_in(world, "healthvisitor")
    apart, others = chosen(stories, hers)
    if apart:
        _later(world, lambda: _shield(world, apart, hers))
    for story, do in zip(others, (_restrict, _keep_entries, _keep_entries), strict=False):
        _later(world, _bound(do, world, story, hers))


def chosen(stories: list[Story], hers: User) -> tuple[Story | None, list[Story]]:
    """One of parents who live apart, and three others."""
    mine = sorted(
        (story for story in stories if _fits(story)), key=lambda story: how_near(story, hers)
    )  # hers come first; a small Lambeth has too few of them
    apart = next((story for story in mine if story.partner and story.partner_home), None)
    return apart, [story for story in mine if story is not apart][:3]


def _fits(story: Story) -> bool:
    """Settled: nothing else is being shown by it."""
    family = story.family
    settled = not (story.example or story.waits or story.owed or family.closed_at)
    return bool(settled and family.lead_practitioner and story.mother)


def how_near(story: Story, hers: User) -> int:
    """Her own families first, then her team's, then the others."""
    team = story.family.lead_team
    if story.family.lead_practitioner is hers:
        return 0
    return 1 if team and team.code == STOCKWELL_HV else 2


def _later(world: World, do: Callable[[], None]) -> None:
    world.once_saved.append(do)


def _bound(
    do: Callable[[World, Story, User], None], world: World, story: Story, hers: User
) -> Callable[[], None]:
    return lambda: do(world, story, hers)


def _restrict(world: World, story: Story, hers: User) -> None:
    """In a refuge: her manager and she are named, and nobody else sees the family."""
    restrict(world, story.family, Restriction.REFUGE, [hers, sign_in(world, "manager")], hers)


def restrict(world: World, family: Family, kind: Restriction, named: list[User], by: User) -> None:
    """From here on the family is for these people alone."""
    since = at(world.as_at - LATELY, 11, 0)
    Family.objects.filter(pk=family.pk).update(restriction=kind)
    family.involvements.filter(ended_at=None).update(names_only=True)
    FamilyGroupObjectPermission.objects.filter(content_object=family).delete()
    for user in named:
        Involvement.objects.create(
            family=family, practitioner=user, reason="named", started_at=since, by=by
        )
        FamilyUserObjectPermission.objects.create(
            content_object=family, user=user, permission=world.view_permission
        )
    refs = sorted(str(user.ref) for user in named)
    world.note(since, "family.restricted", by=by, family=family, restriction=kind.value, named=refs)


def _shield(world: World, story: Story, hers: User) -> None:
    """His children's mother has left him: where she and they live is kept from him."""
    assert story.mother
    assert story.partner
    since = at(world.as_at - LATELY, 15, 30)
    for person in (story.mother, *story.born):
        Shield.objects.create(
            person=person,
            hidden_from=story.partner,
            reason="She left after violence. He does not know where they are.",
            by=hers,
            started_at=since,
        )
    SafeContact.objects.create(
        person=story.mother,
        channels=["phone", "text"],
        times="Weekdays, 10am to 2pm",
        code_word="library card",
        note="If somebody else answers, say it is a wrong number.",
        by=hers,
        said_at=since,
    )
    world.note(since, "address.shielded", by=hers, family=story.family, subject=story.mother)


def _keep_entries(world: World, story: Story, hers: User) -> None:
    """One entry of each team within its agency, and one for her manager and her alone."""
    plain = Contact.objects.filter(family=story.family, observations=None)
    newest: dict[int, Contact] = {}
    for contact in plain.select_related("team").order_by("occurred_at", "pk"):
        newest[contact.team_id] = contact
    for contact in newest.values():
        Contact.objects.filter(pk=contact.pk).update(layer="agency", agency=contact.team.agency)
    shared = plain.filter(layer="shared", team=story.family.lead_team, by__isnull=False)
    if latest := shared.order_by("-occurred_at", "-pk").first():
        named = sorted({latest.by_id or hers.pk, hers.pk, sign_in(world, "manager").pk})
        Contact.objects.filter(pk=latest.pk).update(layer="restricted", named=named)
