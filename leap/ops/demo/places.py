"""Where it all happens: the four wards, postcodes in them, and twenty-six places.

The places are Lambeth's; their rooms, telephone numbers (from the range kept for drama) and the
second halves of the postcodes are made up.
"""

from django.utils.text import slugify

from leap.core.reference_data.models import Postcode, Site
from leap.ops.demo.seeded_random import Chance
from leap.ops.demo.world import World
from sites.models import Room

COLDHARBOUR, STOCKWELL, TULSE_HILL, VASSALL = "E05000420", "E05000429", "E05000435", "E05000436"
WARDS = (COLDHARBOUR, STOCKWELL, TULSE_HILL, VASSALL)

# 2011 ward: postcode sectors, wards of 2022 that took it over, first LSOA, how many postcodes.
WHERE: dict[str, tuple[tuple[str, ...], tuple[str, ...], int, int]] = {
    COLDHARBOUR: (
        ("SW9 7", "SW9 8", "SE5 9", "SE24 0", "SW2 1"),
        ("E05014098", "E05014096", "E05014104"),
        3047,
        46,
    ),
    STOCKWELL: (
        ("SW4 6", "SW8 2", "SW8 3", "SW9 9", "SW9 0"),
        ("E05014110", "E05014111"),
        3136,
        46,
    ),
    TULSE_HILL: (("SW2 2", "SW2 3", "SE24 0", "SE27 9"), ("E05014097", "E05014109"), 3185, 42),
    VASSALL: (
        ("SW9 0", "SW9 6", "SE5 9", "SE5 0", "SE11 4"),
        ("E05014107", "E05014096"),
        3194,
        42,
    ),
}
# Elsewhere, where families move from and to. The last two are over the border, in Southwark.
ELSEWHERE: dict[str, tuple[tuple[str, ...], tuple[str, ...], int, int]] = {
    "E05000421": (("SW9 8", "SW4 7"), ("E05014095",), 3056, 5),  # Ferndale
    "E05000425": (("SW8 2", "SW4 6"), ("E05014111",), 3094, 5),  # Larkhall
    "E05000417": (("SW2 1", "SW2 5"), ("E05014097",), 3023, 4),  # Brixton Hill
    "E05000423": (("SE24 9",), ("E05014104",), 3074, 4),  # Herne Hill
    "E05000430": (("SW2 4", "SW16 2"), ("E05014113",), 3143, 4),  # Streatham Hill
    "E05000535": (("SE5 0", "SE5 7"), ("E05011098",), 3900, 4),  # Camberwell Green
    "E05000544": (("SE15 5",), ("E05011107",), 3958, 2),  # Peckham Rye
}
SOUTHWARK = ("E05000535", "E05000544")

SITES: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    STOCKWELL: (
        ("Stockwell Children's Centre", "Burgoyne Road", ("Main hall", "Sensory room")),
        ("Allen Edwards Children's Centre", "Studley Road", ("Playroom", "Group room")),
        ("Tate South Lambeth Library", "South Lambeth Road", ("Children's library",)),
        ("Stockwell Community Centre", "Studley Road", ("Hall", "Upstairs room")),
        ("Mawbey Brough Health Centre", "Wilcox Close", ("Clinic room 1", "Group room")),
        ("Binfield Road Surgery", "Binfield Road", ("Baby clinic room",)),
        ("Slade Gardens One O'Clock Club", "Stockwell Park Road", ("Playroom", "Garden")),
    ),
    VASSALL: (
        ("Liz Atkinson Children's Centre", "Mostyn Road", ("Main hall", "Sensory room")),
        ("Minet Library", "Knatchbull Road", ("Children's corner",)),
        ("Myatt's Fields Park One O'Clock Club", "Cormont Road", ("Playroom", "Garden")),
        ("Akerman Health Centre", "Patmos Road", ("Clinic room 4", "Community room")),
        ("Oval Quarter Community Centre", "Eythorne Road", ("Hall", "Training kitchen")),
        ("Cowley Estate Community Hall", "Cowley Road", ("Hall",)),
    ),
    COLDHARBOUR: (
        ("Loughborough Children's Centre", "Minet Road", ("Main hall", "Quiet room")),
        ("St John's Angell Town Children's Centre", "Angell Road", ("Playroom", "Group room")),
        ("Brixton Library", "Brixton Oval", ("Children's library", "Tate room")),
        ("Loughborough Community Centre", "Angell Road", ("Hall", "Training kitchen")),
        ("Loughborough Farm", "Loughborough Junction", ("Growing shed",)),
        ("Moorlands Community Centre", "Moorlands Road", ("Hall",)),
        ("Coldharbour Lane Surgery", "Coldharbour Lane", ("Baby clinic room",)),
    ),
    TULSE_HILL: (
        ("Jubilee Children's Centre", "Tulse Hill", ("Main hall", "Sensory room")),
        ("Holmewood Children's Centre", "Upper Tulse Hill", ("Playroom",)),
        ("High Trees Community Centre", "Upper Tulse Hill", ("Hall", "Training kitchen")),
        ("St Martin's Community Centre", "Abbots Park", ("Hall", "Upstairs room")),
        ("Brockwell Park One O'Clock Club", "Arlingford Road", ("Playroom", "Garden")),
        ("Cressingham Gardens Rotunda", "Tulse Hill", ("Round room",)),
    ),
}
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"  # the Royal Mail uses no C, I, K, M, O or V here


def lay_out(world: World) -> None:
    """Add every postcode, place and room."""
    chance = world.chance("places")
    taken: set[str] = set()
    for ward, where in {**WHERE, **ELSEWHERE}.items():
        world.postcodes[ward] = [
            world.add(row) for row in _postcodes(chance, ward, where, taken=taken)
        ]
    for ward in WARDS:
        world.sites[ward] = [_site(world, chance, ward, place) for place in SITES[ward]]


def _postcodes(
    chance: Chance,
    ward: str,
    where: tuple[tuple[str, ...], tuple[str, ...], int, int],
    taken: set[str],
) -> list[Postcode]:
    sectors, wards_2022, first_lsoa, count = where
    deciles = [chance.pick({1: 24, 2: 34, 3: 24, 4: 12, 5: 4, 6: 2}) for _ in range(9)]
    postcodes: list[Postcode] = []
    while len(postcodes) < count:
        code = chance.choice(sectors) + "".join(chance.choices(_INWARD, k=2))
        if code in taken:
            continue
        taken.add(code)
        lsoa = chance.randrange(9)
        postcodes.append(
            Postcode(
                postcode=code,
                ward_2011=ward,
                ward_2022=wards_2022[lsoa % len(wards_2022)],
                lsoa_2011=f"E0100{first_lsoa + lsoa}",
                imd_decile=deciles[lsoa],
            )
        )
    return postcodes


def _site(world: World, chance: Chance, ward: str, place: tuple[str, str, tuple[str, ...]]) -> Site:
    name, street, rooms = place
    site = world.add(
        Site(
            code=slugify(name.replace("'", "")),
            name=name,
            address=f"{street}, London",
            postcode=chance.choice(world.postcodes[ward]),
            telephone=drama_landline(chance),
        )
    )
    for room in rooms:
        world.add(Room(site=site, name=room))
    return site


def drama_landline(chance: Chance) -> str:
    """A London number from the range that Ofcom keeps for drama."""
    return f"020 7946 0{chance.randrange(1000):03}"


def drama_mobile(chance: Chance) -> str:
    """A mobile number from the range that Ofcom keeps for drama."""
    return f"07700 900{chance.randrange(1000):03}"
