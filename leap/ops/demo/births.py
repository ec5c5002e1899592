"""When the children were born, or are due: one pregnancy at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from families.models import Person
from leap.ops.demo.places import STOCKWELL
from leap.ops.demo.seeded_random import Chance
from leap.ops.demo.stories import DAY, WITHOUT_MOTHER, Pregnancy, Story
from leap.ops.demo.world import YEAR, World

OLDEST = 2370 * DAY  # six and a half years: who is older has no record here
HOW_MANY = {1: 54.0, 2: 32.0, 3: 11.0, 4: 3.0}
WEEKS: dict[int, float] = {
    42: 2,
    41: 16,
    40: 27,
    39: 26.5,
    38: 14,
    37: 7,
    36: 3.2,
    35: 1.9,
    34: 1.2,
    32: 0.7,
    30: 0.3,
    27: 0.2,
}
TWINS_WEEKS: dict[int, float] = {38: 10, 37: 38, 36: 27, 35: 12, 34: 8, 32: 5}

# First babies of Stockwell whose referrals wait: days since the birth (below zero: until they are
# due), and how the referral stands.
WAITING = (
    (11, "waits"),
    (-76, "waits"),
    (13, "information_asked"),
    (-70, "acknowledged"),
    (10, "waits"),
    (-82, "waits"),
    (12, "waits"),
    (-66, "draft"),
    (-88, "waits"),
    (9, "waits"),
    (-73, "information_asked"),
    (14, "acknowledged"),
    (-79, "waits"),
    (12, "waits"),
    (-85, "waits"),
)


@dataclass(frozen=True)
class FamilyBeginning:
    """The youngest child of a family to be: born on `day`, or due then if still to come."""

    day: date
    ward: str = ""
    waits: str = ""  # how its referral stands

    @property
    def plain(self) -> bool:
        """A couple's first, who have not moved: those whose referrals wait."""
        return bool(self.waits)


def anchors(world: World) -> Iterator[FamilyBeginning]:
    """First those whose referrals wait, then families of every age, without end."""
    chance = world.chance("anchors")
    waiting = WAITING[: max(3, world.children // 50)]
    for days, stands in waiting:
        yield FamilyBeginning(world.as_at - days * DAY, STOCKWELL, stands)
    while True:
        yield FamilyBeginning(_anchor_day(chance, world.as_at))


def _anchor_day(chance: Chance, as_at: date) -> date:
    if chance.happens(0.08):  # the youngest has started school
        return as_at - timedelta(days=chance.randint(1840, 2340))
    back = chance.random() ** 1.1 * (4.5 * 365 + 195)
    return as_at + timedelta(days=195 - round(back))


def pregnancies(story: Story, anchor: FamilyBeginning, most: int) -> list[Pregnancy]:
    """The pregnancies of a family, eldest first, with at most `most` babies."""
    chance, as_at = story.chance, story.world.as_at
    wanted = 1 if anchor.plain else min(most, chance.pick(HOW_MANY))
    pregnant: list[Pregnancy] = []
    day = anchor.day
    while wanted > 0 and day > as_at - OLDEST:
        pregnancy = _pregnancy(story, day, room=0 if anchor.plain else wanted)
        pregnant.insert(0, pregnancy)
        wanted -= len(pregnancy.babies)
        day -= timedelta(days=round(chance.near(980, 330, 440, 2200)))
    return pregnant


def _pregnancy(story: Story, day: date, room: int) -> Pregnancy:
    chance, as_at = story.chance, story.world.as_at
    twins = room > 1 and chance.happens(0.022)
    unborn = day >= as_at
    weeks = chance.pick(TWINS_WEEKS if twins else WEEKS)
    due_on = day if unborn else day + timedelta(days=(40 - weeks) * 7 - chance.randint(0, 6))
    lost = story.form not in WITHOUT_MOTHER and not unborn and room > 0 and chance.happens(0.0018)
    babies = [
        Person(ref=story.world.ref("P", 8), due_date=due_on) if unborn else _baby(story, day, lost)
        for _ in range(2 if twins else 1)
    ]
    return Pregnancy(due_on, babies, None if unborn else day, lost, weeks)


def _baby(story: Story, day: date, lost: bool) -> Person:
    chance, world = story.chance, story.world
    died_on = day if lost else None
    if story.form not in WITHOUT_MOTHER and not lost and chance.happens(0.001):
        died_on = day + timedelta(days=round(chance.random() ** 2 * 300))
    known = not lost and chance.happens(0.97 if world.as_at - day > 20 * DAY else 0.7)
    return Person(
        ref=world.ref("P", 8),
        birth_date=day,
        died_on=died_on if died_on and died_on < world.as_at else None,
        sex="male" if chance.happens(0.512) else "female",
        nhs_number=world.nhs_number() if known else "",
    )


def starts_school_on(story: Story) -> date | None:
    """When the youngest turned five, if that has been; the record is closed then."""
    births = [c.birth_date for c in story.children if c.birth_date]
    if len(births) < len(story.children) or max(births) > story.world.as_at - 5 * YEAR - 3 * DAY:
        return None
    return max(births) + 5 * YEAR + 2 * DAY
