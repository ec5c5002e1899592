"""The weekly programme: what is on where, on which day, for which ages."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from psycopg2.extras import DateTimeTZRange

from leap.core.accounts.models import User
from leap.core.reference_data.models import Site
from leap.ops.demo.partnership import STOCKWELL_HV, sign_in
from leap.ops.demo.places import STOCKWELL, WARDS
from leap.ops.demo.seeded_random import Chance
from leap.ops.demo.working_hours import DAY, at, works
from leap.ops.demo.world import World
from sites.models import Room, Session, SessionStaff

RUNNERS, CHAMPIONS = "childrens-centres", "parent-champions"
AHEAD = 42 * DAY  # sessions are put on so far into the coming weeks


@dataclass(frozen=True)
class Offer:
    """A weekly group: minutes, places, and the ages in days it is for (below zero: pregnant)."""

    service: str
    minutes: int
    places: int
    ages: tuple[int, int]
    booked: bool  # a course with bookings, or a drop-in
    adults_only: bool = False


OFFERS = (
    Offer("pairs-together-time", 60, 20, (30, 420), booked=False),
    Offer("chattertime", 75, 28, (180, 1300), booked=False),
    Offer("natural-thinkers", 90, 30, (240, 1500), booked=False),
    Offer("community-engagement", 120, 40, (0, 1600), booked=False),
    Offer("babies-next-steps", 60, 16, (20, 200), booked=True),
    Offer("baby-steps", 120, 16, (-120, 30), booked=True, adults_only=True),
    Offer("sharing-real-with-parents", 60, 14, (700, 1500), booked=True),
    Offer("family-nutrition", 90, 14, (150, 900), booked=True),
    Offer("leap-into-healthy-living", 90, 14, (180, 1500), booked=True),
    Offer("pine", 75, 12, (-150, -10), booked=True, adults_only=True),
    Offer("empowering-parents", 120, 14, (600, 1700), booked=True, adults_only=True),
    Offer("pairs-circle-of-security", 90, 12, (90, 1200), booked=True, adults_only=True),
)
# What each ward's sites put on, in turn: drop-ins everywhere, courses here and there.
TURNS = (0, 1, 4, 3, 2, 5, 0, 6, 1, 7, 2, 9, 3, 8, 0, 10, 1, 11)
TIMES = ((9, 30), (13, 0), (15, 30))


@dataclass
class Series:
    """A group that meets every week in one room, and its sessions."""

    offer: Offer
    site: Site
    room: Room
    weekday: int
    time: tuple[int, int]
    leader: User
    sessions: dict[date, Session] = field(default_factory=dict)


def put_on(world: World) -> dict[str, list[Series]]:
    """The programme of two years and the coming weeks, by ward."""
    chance = world.chance("programme")
    rooms: dict[str, list[Room]] = {}
    for room in world.rows[Room]:
        rooms.setdefault(room.site.code, []).append(room)
    series: dict[str, list[Series]] = {ward: [] for ward in WARDS}
    # One centre is run by the health visitors who have their rooms in it.
    world.sites[STOCKWELL][0].team = world.teams[STOCKWELL_HV]
    turn = 0
    for ward in WARDS:
        for site in world.sites[ward]:
            for _ in range(2 if "Children's Centre" in site.name else 1):
                offer = OFFERS[TURNS[turn % len(TURNS)]]
                turn += 1
                series[ward].append(_series(world, chance, offer, site, rooms[site.code]))
    return series


def _series(world: World, chance: Chance, offer: Offer, site: Site, rooms: list[Room]) -> Series:
    taken = {
        (series.room.name, series.weekday, series.time)
        for series in world.series
        if series.site is site
    }
    while True:
        room, weekday = chance.choice(rooms), chance.randrange(5)
        time = chance.choice(TIMES[:2] if offer.minutes > 90 else TIMES)
        if (room.name, weekday, time) not in taken:
            break
    leaders = world.staff[RUNNERS] + world.staff[CHAMPIONS]
    series = Series(offer, site, room, weekday, time, chance.choice(leaders))
    world.series.append(series)
    _hold(world, chance, series)
    return series


def _hold(world: World, chance: Chance, series: Series) -> None:
    """One session a week, without bank holidays and the weeks around the new year."""
    day = world.began_on + DAY * ((series.weekday - world.began_on.weekday()) % 7)
    while day <= world.as_at + AHEAD:
        new_year = (day.month, day.day) >= (12, 21) or (day.month, day.day) <= (1, 3)
        if works(day) and not new_year:
            starts_at = at(day, *series.time)
            ends_at = starts_at + timedelta(minutes=series.offer.minutes)
            off = chance.happens(0.015)
            series.sessions[day] = world.add(
                Session(
                    ref=world.ref("SN", 8),
                    site=series.site,
                    room=series.room,
                    service=world.services[series.offer.service],
                    team=None if series.site.team else world.teams[RUNNERS],
                    during=DateTimeTZRange(starts_at, ends_at),
                    capacity=series.offer.places,
                    cancelled_at=min(
                        starts_at - timedelta(hours=chance.randint(2, 60)), world.until
                    )
                    if off
                    else None,
                )
            )
            # Whoever leads the series; where that is a champion, the one of the sign-in page as
            # well.
            session = series.sessions[day]
            staff = [series.leader]
            champion = sign_in(world, "champion")
            if series.leader in world.staff[CHAMPIONS] and series.leader is not champion:
                staff.append(champion)
            for practitioner in staff:
                world.leaf(SessionStaff, session=session, practitioner=practitioner)
        day += 7 * DAY
