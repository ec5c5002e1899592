"""Whose families they are: health visitors' caseloads, and the gaps a manager must see."""

from leap.ops.demo.partnership import STOCKWELL_HV, sign_in
from leap.ops.demo.places import STOCKWELL, VASSALL
from leap.ops.demo.stories import DAY, Story
from leap.ops.demo.world import World

OF_THE_SIGN_IN = 0.025  # of all the children; some turn out to be closed or led by others
HALF_OF_IT = 0.0125
# Ages in days at which a review is due or just late, and at which one comes up.
NOW = ((45, 72), (358, 390), (908, 940))
SOON = ((0, 75), (270, 400), (720, 930))
# What becomes of referrals to family support that are told whatever the dice say.
EXAMPLES = (
    "draft",
    "information_asked",
    "expired",
    "redirected",
    "withdrawn",
    "declined",
    "acknowledged",
    "in_progress",
    "accepted",
    "waits",
    "closed",
    "waits",
    "in_progress",
    "waits",
    "accepted",
    "draft",
)


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
    # A caseload with something to do in it: half of it babies and reviews that fall due.
    here = [s for s in of_stockwell if not s.waits and not (s.left_on and s.left_on <= world.as_at)]
    pressing = [story for story in here if _falls_due(world, story, NOW)]
    chosen = chance.some(pressing, round(world.children * HALF_OF_IT / 2))
    busy = [s for s in here if s not in chosen and _falls_due(world, s, SOON)]
    chosen += chance.some(busy, round(world.children * HALF_OF_IT) - len(chosen))
    others = [story for story in here if story not in chosen]
    caseload = chosen + chance.some(others, round(world.children * OF_THE_SIGN_IN) - len(chosen))
    for story in caseload:
        story.visitor = hers
    for story in [s for s in caseload if _falls_due(world, s, NOW)][: world.children // 200]:
        story.owed = True
    # The families of the examples: settled, and near the family support of the sign-in.
    fitting = [story for story in stories if _can_be_example(world, story)]
    near = [s for s in fitting if s.served_ward(world.as_at) in (STOCKWELL, VASSALL)]
    ordered = chance.some(near, len(EXAMPLES))
    ordered += [story for story in fitting if story not in ordered]
    for story, example in zip(ordered, EXAMPLES, strict=False):
        story.example = example


def _can_be_example(world: World, story: Story) -> bool:
    first = story.pregnancies[0].born_on if story.pregnancies else None
    settled = len(story.homes) == 1 and story.left_on is None and not story.waits
    of_age = first is not None and first < world.as_at - 330 * DAY
    return settled and of_age and story.mother is not None and bool(story.born)


def _falls_due(world: World, story: Story, spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether a child is at an age at which a review is due, or a mother is near her time."""
    ages = [(world.as_at - child.birth_date) // DAY for child in story.born if child.birth_date]
    near = any(p.born_on is None and p.week(28) <= world.as_at for p in story.pregnancies)
    due = any(first <= age <= last for age in ages for first, last in spans)
    return due or (near and spans is SOON)


def leave_gaps(world: World, stories: list[Story], count: int) -> None:
    """Some families of Stockwell have nobody yet: their health visitor has left the team."""
    chance = world.chance("gaps")
    hers = sign_in(world, "healthvisitor")
    led = [
        story
        for story in stories
        if story.is_led_by(STOCKWELL_HV)
        and story.family.closed_at is None
        and story.visitor is not hers
    ]
    for story in chance.some(led, count):
        story.family.lead_practitioner = None
