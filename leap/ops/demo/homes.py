"""Where families live, where from and where to they moved."""

from datetime import date, timedelta

from families.models import Person, Residence
from leap.ops.demo.births import FamilyBeginning, starts_school_on
from leap.ops.demo.places import (
    COLDHARBOUR,
    ELSEWHERE,
    SOUTHWARK,
    STOCKWELL,
    TULSE_HILL,
    VASSALL,
    WARDS,
)
from leap.ops.demo.seeded_random import Chance
from leap.ops.demo.stories import DAY, Story, StoryHome
from leap.ops.demo.working_hours import working_day
from leap.ops.demo.world import World

SHARES = {COLDHARBOUR: 27.0, STOCKWELL: 26.0, TULSE_HILL: 24.0, VASSALL: 23.0}
MOVES = {
    "none": 80.0,
    "nearby": 6.0,
    "another ward": 4.0,
    "moved in": 4.5,
    "moved out": 3.0,
    "elsewhere": 2.5,
}
STREETS: dict[str, tuple[str, ...]] = {
    COLDHARBOUR: (
        "Coldharbour Lane", "Loughborough Road", "Angell Road", "Barrington Road",
        "Shakespeare Road", "Moorland Road", "Railton Road", "Mayall Road", "Wiltshire Road",
    ),
    STOCKWELL: (
        "Stockwell Road", "Lansdowne Way", "Clapham Road", "Studley Road", "Binfield Road",
        "South Lambeth Road", "Jeffreys Road", "Landor Road", "Stockwell Park Crescent",
    ),
    TULSE_HILL: (
        "Tulse Hill", "Upper Tulse Hill", "Effra Road", "Brixton Water Lane", "Leander Road",
        "Craster Road", "Elm Park", "Christchurch Road", "Josephine Avenue",
    ),
    VASSALL: (
        "Vassall Road", "Brixton Road", "Camberwell New Road", "Mostyn Road", "Cowley Road",
        "Holland Grove", "Akerman Road", "Patmos Road", "Knatchbull Road",
    ),
}  # fmt: skip
OTHER_STREETS = ("Acre Lane", "Ferndale Road", "Wandsworth Road", "Denmark Hill", "Leigham Vale")
HOUSES = [
    "Alder",
    "Bramley",
    "Calder",
    "Denham",
    "Elgar",
    "Fairfax",
    "Garrick",
    "Hollis",
    "Ivor",
    "Kestrel",
    "Linton",
    "Marlow",
    "Norton",
    "Orchard",
    "Pollard",
    "Quarry",
    "Rowan",
    "Sandham",
    "Thorne",
    "Wyndham",
]


def move_in(story: Story, anchor: FamilyBeginning) -> None:
    """Give the family its homes, and every member theirs."""
    chance, world = story.chance, story.world
    ward = anchor.ward or chance.pick(SHARES)
    settled = anchor.plain or starts_school_on(story) is not None
    move = "none" if settled else chance.pick(MOVES)
    if move == "moved out" and story.pregnancies[0].born_on is None:
        move = "nearby"  # nobody knew her yet
    story.homes = [home_in(chance, world, ward)]
    if move == "elsewhere":
        story.homes = [somewhere(chance, world, lambeth=True)]
    elif move != "none":
        _move(story, move, ward)
    _leave_for_school(story)
    for person, role in story.carers:
        if role == "father" and story.form in ("parents apart", "two homes"):
            # A father's own home, which is not next door.
            theirs = {home.postcode.postcode for home in story.homes}
            while (
                his := somewhere(story.chance, story.world, near=ward)
            ).postcode.postcode in theirs:
                pass
            story.partner_home = his
            live_at(world, person, story.partner_home)
        else:
            _residences(story, person)
    for child in story.children:
        _residences(story, child)


def _move(story: Story, move: str, ward: str) -> None:
    chance, world = story.chance, story.world
    # A day in the last two years, after the eldest was born when that is long enough ago.
    as_at = story.world.as_at
    eldest = story.pregnancies[0].born_on
    earliest = max(as_at - 720 * DAY, eldest + 60 * DAY) if eldest else as_at - 500 * DAY
    span = max(1, (as_at - 25 * DAY - earliest).days)
    day = min(earliest + timedelta(days=story.chance.randrange(span)), as_at - 25 * DAY)
    if move == "nearby":
        story.homes.append(home_in(chance, world, ward, day))
    elif move == "another ward":
        other = chance.choice([w for w in WARDS if w != ward])
        story.homes.append(home_in(chance, world, other, day))
    elif move == "moved in":
        story.homes[0].since = day
        story.homes.insert(0, somewhere(chance, world))
        story.here_from = day
    elif move == "moved out":
        story.homes.append(somewhere(chance, world, southwark=True))
        story.homes[-1].since = day
        story.left_on = working_day(min(day + 12 * DAY, world.as_at - 3 * DAY), -1)
        story.left_why = "Moved to Southwark; record passed to health visiting there"


def _leave_for_school(story: Story) -> None:
    day = starts_school_on(story)
    died = [c.died_on for c in story.children if c.died_on]
    if len(died) == len(story.children):
        story.left_on = working_day(max(died) + 120 * DAY)
        story.left_why = "Closed with the parents' agreement after their loss"
    elif day and not story.left_on:
        story.left_on = working_day(day)
        story.left_why = "Youngest child is five; passed to school nursing"


def _residences(story: Story, person: Person) -> None:
    """The family's homes, for somebody who has lived in each of them since they were born."""
    from_day = person.birth_date or person.due_date
    assert from_day is not None
    at_birth = max(
        n for n, home in enumerate(story.homes) if not home.since or home.since <= from_day
    )
    for place, home in enumerate(story.homes[at_birth:]):
        live_at(story.world, person, home, since=home.since if place else None)


def live_at(
    world: World, person: Person, home: StoryHome, since: date | None = None, listed: int = 0
) -> None:
    """Add that `person` lives there; of several homes from one day the first listed is the main."""
    world.leaf(
        Residence,
        person=person,
        postcode=home.postcode,
        address=home.address,
        moved_in_on=since,
        listed=listed,
    )


def settled_on(story: Story, child: Person) -> date | None:
    """The day on which `child`'s present home became so; None: from birth."""
    since = story.homes[-1].since
    assert child.birth_date is not None
    return since if since and since > child.birth_date else None


def home_in(chance: Chance, world: World, ward: str, since: date | None = None) -> StoryHome:
    """A made-up home in the ward."""
    postcode = chance.choice(world.postcodes[ward])
    street = chance.choice(STREETS.get(ward, OTHER_STREETS))
    if chance.happens(0.6):
        flat = f"Flat {chance.randint(1, 64)}, {chance.choice(HOUSES)} House"
        return StoryHome(since, postcode, f"{flat}, {street}")
    return StoryHome(since, postcode, f"{chance.randint(2, 260)} {street}")


def somewhere(
    chance: Chance,
    world: World,
    near: str = "",
    lambeth: bool = False,
    southwark: bool = False,
) -> StoryHome:
    """A home outside the four wards; with `near`, half the time in that ward after all."""
    if near in WARDS and chance.happens(0.5):
        return home_in(chance, world, near)
    wards = list(SOUTHWARK) if southwark else list(ELSEWHERE)
    if lambeth:
        wards = [ward for ward in wards if ward not in SOUTHWARK]
    return home_in(chance, world, chance.choice(wards))
