"""Which family shows what, besides what its story comes to: each kind of thing, once or twice."""

from collections.abc import Callable

from leap.core.accounts.models import User
from leap.ops.demo import changes, duplicates, incoming_referrals, plans, prompts, safety_alerts
from leap.ops.demo.partnership import SOCIAL_CARE, STOCKWELL_HV, sign_in
from leap.ops.demo.safety import chosen, how_near
from leap.ops.demo.stories import Story
from leap.ops.demo.working_hours import DAY
from leap.ops.demo.world import World

Show = Callable[[World, Story, User], None]
# Each of these takes a family of the health visitor's with a mother and a child, in this order.
SHOWN: tuple[Show, ...] = (
    plans.plan,
    safety_alerts.warn,
    prompts.harm,
    changes.move_out,
    safety_alerts.follow_up,
    prompts.miss,
    changes.adopt_away,
    safety_alerts.keep_somebody,
    prompts.abuse,
    safety_alerts.assess,
    prompts.score,
    prompts.decide,
)


def _anybody(story: Story, world: World) -> bool:
    return True


def _not_seen_lately(story: Story, world: World) -> bool:
    seen = story.family.last_contact_at
    return seen is None or seen.date() < world.as_at - 16 * DAY


NEEDS: dict[Show, Callable[[Story, World], bool]] = {
    prompts.miss: _not_seen_lately,
    changes.adopt_away: lambda story, world: len(story.born) > 1,
}


def prepare(world: World, stories: list[Story]) -> None:
    """Whatever is a row of its own, before anything is saved."""
    for story, double in zip(_free(world, stories)[::-1], duplicates.DOUBLES, strict=False):
        duplicates.register_again(world, story, double)
    incoming_referrals.pause_intake(world)
    changes.be_late(world, stories)


def register_elsewhere(world: World, stories: list[Story]) -> None:
    """Last of all, so that whatever else is shown stays as it was."""
    hers = sign_in(world, "healthvisitor")
    others = [story for story in stories if _fits(story) and how_near(story, hers) == 2]
    for story, double in zip(others[::-1], duplicates.BY_ANOTHER_AGENCY, strict=False):
        duplicates.register_again(world, story, double)
    world.once_saved.append(lambda: duplicates.find(world))


def show(world: World, stories: list[Story]) -> None:
    """The rest, once everything has its key."""
    hers, free = sign_in(world, "healthvisitor"), _free(world, stories)
    left = list(free)
    for do in SHOWN:
        fits = NEEDS.get(do, _anybody)
        here = [story for story in left or free if fits(story, world)] or [
            story
            for story in free
            if fits(story, world)  # a small Lambeth has too few of them
        ]
        for story in here[:1]:
            left = [other for other in left if other is not story]
            _later(world, do, story, hers)
    for team, by, do in (
        (SOCIAL_CARE, "socialworker", changes.adopt),
        ("stockwell-vassall-family-support", "familysupport", plans.plan_and_close),
    ):
        for story in _led(stories, sign_in(world, by), team)[:1]:
            _later(world, do, story, sign_in(world, by))
    for story in changes.expecting(stories)[1:2]:
        _later(world, changes.lose, story, sign_in(world, "midwife"))
    for story in [s for s in stories if s.example == "declined" and s.born][:1]:
        _later(world, prompts.decline, story, hers)
    world.once_saved.append(
        lambda: incoming_referrals.knock(world, world.teams[STOCKWELL_HV], hers)
    )
    world.once_saved.append(incoming_referrals.fail_to_send)


def _free(world: World, stories: list[Story]) -> list[Story]:
    """Settled families of the health visitor's team, hers first, which keep nothing back."""
    hers = sign_in(world, "healthvisitor")
    apart, others = chosen(stories, hers)
    spoken_for = {story.family.ref for story in (apart, *others) if story}
    fit = [
        story
        for story in stories
        if _fits(story) and how_near(story, hers) < 2 and story.family.ref not in spoken_for
    ]
    return sorted(fit, key=lambda story: how_near(story, hers))


def _fits(story: Story) -> bool:
    family = story.family
    settled = not (story.example or story.waits or family.closed_at)
    return bool(settled and family.lead_practitioner and story.mother and story.born)


def _led(stories: list[Story], by: User, team: str) -> list[Story]:
    """Open families that the team leads: those of this practitioner first."""
    led = [story for story in stories if story.is_led_by(team)]
    still = [s for s in led if not s.family.closed_at]
    return sorted(still, key=lambda story: story.family.lead_practitioner is not by)


def _later(world: World, do: Show, story: Story, by: User) -> None:
    world.once_saved.append(lambda: do(world, story, by))
