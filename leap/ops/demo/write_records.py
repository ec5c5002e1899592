"""Writing things down: contacts, findings, and teams' spells with a family."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from families.models import Contact, ContactPerson, Observation, Person
from families.observations.codes import CODES
from families.reviews.schedule import BY_CODE
from leap.core.accounts.models import Team, User
from leap.core.reference_data.models import Service, Site
from leap.ops.demo.stories import Spell, Story
from leap.ops.demo.working_hours import DAY, at, soon_after

DURATIONS = {
    "home_visit": (45, 50, 60, 60, 75),
    "clinic": (15, 20, 20, 30),
    "group": (60, 90),
    "phone": (5, 10, 10, 15, 20),
    "video": (20, 30, 40),
    "text": (2, 5),
    "letter": (10,),
}


@dataclass
class Happening:
    """A contact to be written down."""

    team: Team
    at: datetime
    kind: str
    concerned: list[Person]
    outcome: str = "attended"
    review: str = ""
    note: str = ""
    service: Service | None = None
    site: Site | None = None
    present: list[Person] = field(default_factory=list)
    by: User | None = None


def log(story: Story, what: Happening) -> Contact:
    """Write a contact down, with who was there."""
    world, family = story.world, story.family
    attended = what.outcome == "attended"
    by = what.by or story.worker(what.team, what.at.date())
    contact = world.add(
        Contact(
            ref=world.ref("C", 10),
            family=family,
            team=what.team,
            by=by,
            kind=what.kind,
            occurred_at=what.at,
            outcome=what.outcome,
            service=what.service,
            site=what.site,
            minutes=story.chance.choice(DURATIONS[what.kind]) if attended else None,
            note=what.note,
            recorded_at=min(soon_after(story.chance, what.at), world.until),
        )
    )
    present = (what.present or _who_was_there(story, what)) if attended else []
    # Those it concerned, then others there, each once.
    named = list(what.concerned)
    named = named + [person for person in present if person not in named]
    for listed, person in enumerate(named):
        story.world.leaf(
            ContactPerson,
            contact=contact,
            person=person,
            concerned=person in what.concerned,
            present=person in present,
            review=_review_of(story, person, what),
            listed=listed,
        )
    if attended and (family.last_contact_at is None or family.last_contact_at < what.at):
        family.last_contact_at = what.at
    _note_it(story, contact, what)
    return contact


def _note_it(story: Story, contact: Contact, what: Happening) -> None:
    """The log: now and then that the record was opened first, and that the contact was written."""
    world, by, family = story.world, contact.by, story.family
    if story.chance.happens(0.3):
        opened_at = contact.recorded_at - timedelta(minutes=4)
        world.note(opened_at, "family.opened", by=by, family=family, level="shared")
    story.findings[contact.ref] = world.note(
        contact.recorded_at,
        "contact.logged",
        by=by,
        family=family,
        subject=contact,
        team=contact.team,
        contact_kind=contact.kind,
        outcome=contact.outcome,
        review=what.review,
        findings=0,
    )


def _review_of(story: Story, person: Person, what: Happening) -> str:
    """The review it was of this person: of a child whose age it fits, or, before a birth, of the
    mother."""
    if not what.review or person not in what.concerned:
        return ""
    review = BY_CODE[what.review]
    fits = review.fits(person, localdate(what.at)) or (
        review.before_birth and person == story.mother
    )
    return what.review if fits else ""


def _who_was_there(story: Story, what: Happening) -> list[Person]:
    """The children seen, and mostly one carer; at about a quarter of the contacts a father."""
    chance = story.chance
    children = [
        p
        for p in what.concerned
        if p in [*story.children, *story.guests]
        and p.birth_date is not None
        and p.birth_date <= what.at.date()
    ]
    seen = children if what.kind in ("home_visit", "clinic", "group", "video") else []
    first, *others = [person for person, _ in story.carers]
    with_others = [p for p in others if chance.happens(story.share_present(p, what.kind))]
    spared = first not in what.concerned and with_others and chance.happens(0.15)
    main = [] if spared else [first]
    return [*main, *with_others, *seen]


def found(
    story: Story,
    person: Person,
    day: date,
    contact: Contact | None = None,
    /,
    **values: object,
) -> None:
    """Write findings down, one for each code: `found(story, child, day, height_cm=101.5)`."""
    world = story.world
    if contact:
        story.findings[contact.ref]["findings"] += len(values)
    for code, answer in values.items():
        value, number = CODES[code].read(str(answer))
        world.leaf(
            Observation,
            ref=world.ref("O", 10),
            person=person,
            code=code,
            recorded_on=day,
            value=value,
            number=number,
            contact=contact,
            by=contact.by if contact else None,
            recorded_at=contact.recorded_at if contact else world.morning_after(day),
        )


def involve(
    story: Story,
    team: Team,
    started_at: datetime,
    reason: str,
    ended_at: datetime | None = None,
    by: User | None = None,
) -> None:
    """A team's spell with the family; a running one goes on instead."""
    spells = story.spells.setdefault(team.code, [])
    spells.append(Spell(reason, started_at, ended_at, by))
    story.spells[team.code] = joined(spells)


def joined(spells: list[Spell]) -> list[Spell]:
    """One team's spells in order, those that touch made into one."""
    merged: list[Spell] = []
    for spell in sorted(spells, key=lambda spell: spell.started_at):
        last = merged[-1] if merged else None
        if last and (last.ended_at is None or last.ended_at >= spell.started_at):
            ends = (last.ended_at, spell.ended_at)
            last.ended_at = None if None in ends else max(end for end in ends if end)
        else:
            merged.append(spell)
    return merged


def begin_health_visiting(story: Story, when: datetime, reason: str, by: User | None) -> None:
    """Health visiting works with the family from here, wherever in the area it moves."""
    involve(story, story.health_visiting(when.date()), when, reason, by=by)
    if story.seen_at is not None:
        return
    story.seen_at = when
    for home in story.homes:
        if home.since and when.date() < home.since < story.world.as_at:
            # The family has moved: the health visitors of its new ward take over that morning.
            moved_on = home.since
            before, after = story.health_visiting(moved_on - DAY), story.health_visiting(moved_on)
            if before != after and story.is_here(moved_on):
                moved_at = at(moved_on, 9, 0)
                involve(story, after, moved_at, "team_around_family")
                for spell in story.spells.get(before.code, []):
                    spell.ended_at = spell.ended_at or moved_at
