"""Who goes to which group: bookings, registers, and those who just come."""

from datetime import date, timedelta

from families.models import Person
from leap.ops.demo.programme import AHEAD, Series
from leap.ops.demo.stories import Story
from leap.ops.demo.working_hours import DAY
from leap.ops.demo.world import World
from sites.models import Attendance, Booking, Session

Status = Attendance.Status
GOERS = {"never": 40.0, "now and then": 36.0, "often": 24.0}
SPELLS = {"never": (0, 0), "now and then": (2, 3), "often": (4, 7)}
WEEKS = {"never": (0, 0), "now and then": (3, 8), "often": (6, 18)}
# What becomes of a place that was booked, and of a family that comes as it likes.
BOOKED = {Status.ATTENDED: 0.77, Status.DID_NOT_ATTEND: 0.14, Status.CANCELLED: 0.09}
LIKES = {Status.WALKED_IN: 0.62, Status.ATTENDED: 0.2, Status.DID_NOT_ATTEND: 0.04, None: 0.14}


def go(world: World, stories: list[Story], programme: dict[str, list[Series]]) -> None:
    """Send families to groups near them, week after week for a while."""
    # A few registers of the last days that nobody has marked yet.
    chance = world.chance("registers")
    recent = [
        session
        for session in world.rows[Session]
        if world.until - 5 * DAY <= session.during.lower < world.until
        and session.cancelled_at is None
    ]
    unmarked = {session.ref for session in chance.some(recent, max(3, len(recent) // 4))}
    for place, story in enumerate(stories):
        if story.family.lead_team is None or story.form == "his home":
            continue
        story.chance = world.chance("groups", place)
        goer = story.chance.pick(GOERS)
        for _ in range(story.chance.randint(*SPELLS[goer])):
            _spell(story, programme, WEEKS[goer], unmarked)


def _spell(
    story: Story, programme: dict[str, list[Series]], weeks: tuple[int, int], unmarked: set[str]
) -> None:
    """Some weeks of one group, from when a child is old enough for it."""
    chance, world = story.chance, story.world
    child = chance.choice(story.children)
    born_on = child.birth_date or child.due_date
    assert born_on is not None
    if child.died_on:
        return
    first = max(world.began_on, born_on - 100 * DAY, story.family.opened_at.date())
    last = min(world.as_at + AHEAD / 2, born_on + 1600 * DAY)
    if first >= last:
        return
    start = first + DAY * chance.randrange((last - first).days)
    nearby = programme[story.served_ward(start)]
    age = (start - born_on).days
    fitting = [s for s in nearby if s.offer.ages[0] <= age <= s.offer.ages[1] - 30]
    if not fitting:
        return
    series = chance.choice(fitting)
    # The child and one carer, or for courses for parents the carer alone, or both parents.
    who_comes = story.chance
    carers = [person for person, _ in story.carers]
    with_children = [story.partner] if story.partner and who_comes.happens(0.14) else carers[:1]
    if series.offer.adults_only:
        people = carers[:2] if who_comes.happens(0.3) else carers[:1]
    else:
        people = [child, *with_children]
    span = chance.randint(*weeks)
    days = [day for day in series.sessions if start <= day < start + 7 * span * DAY]
    for day in days:
        if people and _in_reach(story, series, child, day):
            _one_week(story, series, series.sessions[day], people, unmarked)


def _in_reach(story: Story, series: Series, child: Person, day: date) -> bool:
    """Whether the family is still here, and the child no longer unborn where children come."""
    born = child.birth_date is not None and child.birth_date < day
    return story.is_here(day) and (series.offer.adults_only or born)


def _one_week(
    story: Story, series: Series, session: Session, people: list[Person], unmarked: set[str]
) -> None:
    chance, world = story.chance, story.world
    if session.cancelled_at or session.ref in story.been:
        return
    past = session.during.upper <= world.until
    status: str | None = chance.pick(BOOKED) if series.offer.booked else chance.pick(LIKES)
    if not past:
        status = Status.BOOKED if series.offer.booked or chance.happens(0.35) else None
    elif session.ref in unmarked:
        status = Status.BOOKED if status != Status.WALKED_IN else None
    holds = status in Attendance.HOLDS_A_PLACE
    if status is None or (holds and session.places_taken + len(people) > session.capacity):
        return
    story.been.add(session.ref)
    if holds:
        session.places_taken += len(people)
    booking = None if status == Status.WALKED_IN else _book(story, session, status, len(people))
    marked = status in (Status.ATTENDED, Status.DID_NOT_ATTEND, Status.WALKED_IN)
    marked_at = session.during.upper + timedelta(minutes=12) if marked else None
    for person in people:
        story.world.leaf(
            Attendance,
            session=session,
            person=person,
            booking=booking,
            status=status,
            marked_at=marked_at,
            marked_by=series.leader if marked else None,
        )
    if marked:
        register = story.world.registers.setdefault(session.ref, {})
        register |= {person.ref: status for person in people}


def _book(story: Story, session: Session, status: str, people: int) -> Booking:
    chance, world = story.chance, story.world
    starts_at = session.during.lower
    made_at = min(starts_at, world.until) - timedelta(minutes=chance.randint(90, 12_000))
    made_at = max(made_at, story.family.opened_at)
    booking = world.add(
        Booking(
            ref=world.ref("BK", 8),
            session=session,
            family=story.family,
            made_at=made_at,
            made_by=story.visitor,
            cancelled_at=made_at + (starts_at - made_at) * 0.7
            if status == Status.CANCELLED
            else None,
            access_needs=_needs(story),
        )
    )
    details = {"session": session.ref, "people": people}
    world.note(
        made_at,
        "booking.made",
        by=story.visitor,
        family=story.family,
        subject=booking,
        **details,
    )
    if booking.cancelled_at:
        world.note(
            booking.cancelled_at,
            "booking.cancelled",
            by=story.visitor,
            family=story.family,
            subject=booking,
            **details,
        )
    return booking


def _needs(story: Story) -> str:
    chance, mother = story.chance, story.mother
    if mother and mother.interpreter and chance.happens(0.5):
        return f"Interpreter: {mother.language}"
    return chance.pick(
        {"": 0.95, "Step-free": 0.02, "Nut allergy": 0.02, "Space for a buggy": 0.01}
    )
