"""Whose families they are: health visitors' caseloads, and the gaps a manager must see."""

from leap.accounts.models import Team
from leap.demo.chance import Chance
from leap.demo.partnership import STOCKWELL_HV, sign_in
from leap.demo.stories import DAY, Story
from leap.demo.world import World

OF_THE_SIGN_IN = 0.02  # of all the children: forty families of two thousand
HALF_OF_IT = 0.01


def share_out(world: World, stories: list[Story]) -> None:
    """Give every family that is here its health visitor."""
    chance = world.chance("caseloads")
    hers = sign_in(world, "healthvisitor")
    of_stockwell: list[Story] = []
    for story in stories:
        team = story.health_visiting(world.as_at)
        if team.code == STOCKWELL_HV:
            of_stockwell.append(story)
        staff = [user for user in world.staff[team.code] if user is not hers]
        story.visitor = chance.choice(staff)
    for story in _caseload(world, chance, of_stockwell):
        story.visitor = hers


def _caseload(world: World, chance: Chance, stories: list[Story]) -> list[Story]:
    """A caseload with something to do in it: half of it babies and reviews that fall due."""
    here = [s for s in stories if not s.waits and not (s.left_on and s.left_on <= world.as_at)]
    busy = [story for story in here if _falls_due(world, story)]
    chosen = chance.some(busy, round(world.children * HALF_OF_IT))
    others = [story for story in here if story not in chosen]
    return chosen + chance.some(others, round(world.children * OF_THE_SIGN_IN) - len(chosen))


def _falls_due(world: World, story: Story) -> bool:
    """Whether a child is at an age at which a review is due."""
    ages = [(world.as_at - child.birth_date) // DAY for child in story.born if child.birth_date]
    due = any(p.born_on is None and p.week(28) <= world.as_at for p in story.pregnancies)
    spans = ((0, 75), (270, 400), (720, 930))
    return due or any(first <= age <= last for age in ages for first, last in spans)


def leave_gaps(world: World, stories: list[Story], count: int) -> None:
    """Some families of Stockwell have nobody yet: their health visitor has left the team."""
    chance = world.chance("gaps")
    hers = sign_in(world, "healthvisitor")
    led = [
        story
        for story in stories
        if _led_in_stockwell(story.family.lead_team)
        and story.family.closed_at is None
        and story.visitor is not hers
    ]
    for story in chance.some(led, count):
        story.family.lead_practitioner = None


def _led_in_stockwell(team: Team | None) -> bool:
    return team is not None and team.code == STOCKWELL_HV
