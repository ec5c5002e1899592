"""Runs of contacts: a team that comes every week or two for a while."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle

from families.models import Person
from leap.core.accounts.models import Team
from leap.ops.demo import notes
from leap.ops.demo.note_phrases import fitting, say
from leap.ops.demo.stories import Story
from leap.ops.demo.working_hours import DAY, in_hours, working_day
from leap.ops.demo.write_records import Happening, involve, log

MISSED = {
    "home_visit": {"no_access": 0.6, "cancelled_by_family": 0.4},
    "clinic": {"was_not_brought": 0.75, "cancelled_by_family": 0.25},
}


@dataclass(frozen=True)
class ContactSeries:
    """A run of contacts by one team: how many, how far apart, of which kinds, with what notes."""

    team: str
    pool: str
    visits: tuple[int, int]
    every: int  # days
    kinds: dict[str, float]
    service: str = ""
    for_mother: bool = False


def work(
    story: Story,
    what: ContactSeries,
    team: Team,
    concerned: list[Person],
    first: date,
    reason: str = "team_around_family",
    first_at: datetime | None = None,
) -> date | None:
    """Tell a run of contacts; the day of the last one, if there was any before today."""
    chance = story.chance
    day, last = working_day(first), None
    visits = chance.randint(*what.visits)
    written = _visit_notes(story, what, visits, day)
    for visit in range(visits):
        when = first_at if first_at and visit == 0 else in_hours(chance, day, 9, 17)
        if not story.could_happen(when) or any(p.died_on and p.died_on <= day for p in concerned):
            break
        if last is None:
            involve(story, team, when - timedelta(days=1), reason, by=story.worker(team, day))
        _one_of(story, what, team, concerned, when, written, first=visit == 0)
        last = day
        day = working_day(day + DAY * max(1, what.every + chance.randint(-2, 5)))
    if last and reason == "team_around_family":
        # The team's spell ends a week after its last visit, unless that was only just.
        spell = story.spells[team.code][-1]
        ends_at = in_hours(story.chance, working_day(last + 7 * DAY))
        if last < story.world.as_at - 21 * DAY and (
            spell.ended_at is None or spell.ended_at < ends_at
        ):
            spell.ended_at = ends_at
    return last


def _visit_notes(story: Story, what: ContactSeries, visits: int, day: date) -> Iterator[str]:
    """The first visit's note, then others in any order, and the last one's if it came to that."""
    pool = notes.WORK.get(what.pool, ("",))
    between = list(fitting(story, pool[1:-1], day)) or [pool[0]]
    story.chance.shuffle(between)
    others = cycle(between)
    yield pool[0]
    for _ in range(visits - 2):
        yield next(others)
    yield pool[-1]


def _one_of(
    story: Story,
    what: ContactSeries,
    team: Team,
    concerned: list[Person],
    when: datetime,
    written: Iterator[str],
    first: bool,
) -> None:
    chance, day = story.chance, when.date()
    kind = chance.pick(what.kinds)
    outcome = "attended"
    if kind in MISSED and not what.for_mother and not first and chance.happens(0.15):
        outcome = chance.pick(MISSED[kind])
    if outcome != "attended":
        note = say(story, notes.MISSED[outcome], day)
    elif kind in ("phone", "text"):
        note = say(story, notes.WORK[f"{what.pool}_call"], day)
    else:
        note = next(written, "")
    log(
        story,
        Happening(
            team,
            when,
            kind,
            concerned,
            outcome,
            note=notes.fill(note, name=concerned[0].given_name or "Baby"),
            service=story.world.services.get(what.service),
            site=story.clinic_site(day) if kind == "clinic" else None,
            present=concerned if what.for_mother else [],
        ),
    )
