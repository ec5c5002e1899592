"""The mandated reviews, with what is found at them, as timely as Lambeth's."""

from dataclasses import dataclass
from datetime import date, datetime

from families.models import Contact, Person
from leap.ops.demo import notes
from leap.ops.demo.growth import build
from leap.ops.demo.note_phrases import say
from leap.ops.demo.observations import RECORD, ask_about_abuse
from leap.ops.demo.places import COLDHARBOUR, STOCKWELL, TULSE_HILL, VASSALL
from leap.ops.demo.review_notes import NOTES, fed_later, note_antenatal
from leap.ops.demo.stories import Pregnancy, Story
from leap.ops.demo.working_hours import DAY, in_hours, working_day, working_day_between
from leap.ops.demo.write_records import Happening, found, log

Window = tuple[float, int, int]  # cumulative share, first and last day of age


@dataclass(frozen=True)
class DemoReview:
    """One of the five, and when it is done: by which share of families within which days."""

    code: str
    windows: tuple[Window, ...]
    kinds: dict[str, float]


NEW_BIRTH = DemoReview(
    "new_birth", ((0.878, 10, 14), (0.977, 15, 27), (0.99, 31, 48)), {"home_visit": 1}
)
LATER = (
    DemoReview(
        "six_to_eight_week",
        ((0.85, 42, 56), (0.945, 57, 78)),
        {"clinic": 0.62, "home_visit": 0.36, "video": 0.02},
    ),
    DemoReview(
        "one_year",
        ((0.78, 285, 363), (0.86, 367, 454), (0.9, 458, 560)),
        {"clinic": 0.78, "home_visit": 0.22},
    ),
    DemoReview(
        "two_year", ((0.8, 745, 910), (0.85, 916, 1060)), {"clinic": 0.68, "home_visit": 0.32}
    ),
)
# How much harder it is to be in time, by ward; and it was harder in earlier years.
HARDER = {COLDHARBOUR: 0.005, STOCKWELL: -0.015, TULSE_HILL: 0.0, VASSALL: 0.025}


def when_due(story: Story, review: DemoReview, born_on: date) -> date | None:
    """The day on which the review is done, if it is."""
    chance = story.chance
    draw = story.luck if chance.happens(0.25) else chance.random()
    years_ago = (story.world.as_at - born_on).days / 365
    draw += HARDER.get(story.ward_on(born_on), 0) + 0.008 * (years_ago - 2)
    for share, first, last in review.windows:
        if draw < share:
            middle = round(chance.triangular(first, last, first + 0.6 * (last - first)))
            day = working_day(born_on + middle * DAY)
            return day if (day - born_on).days <= last else working_day(day - DAY, -1)
    return None


def plan_visit(story: Story, pregnancy: Pregnancy) -> None:
    """Settle on which day the new birth visit is made."""
    if pregnancy.born_on and not pregnancy.lost:
        day = when_due(story, NEW_BIRTH, pregnancy.born_on)
        pregnancy.visit_on = None if story.waits else day


def review_all(story: Story, pregnancy: Pregnancy) -> None:
    """Every review of the children of one pregnancy, until today."""
    born_on = pregnancy.born_on
    _antenatal(story, pregnancy)
    if born_on is None or pregnancy.lost:
        return
    for baby in pregnancy.babies:
        story.builds[baby.ref] = build(story.chance)
    if pregnancy.visit_on:
        visit_at = pregnancy.visit_at or in_hours(story.chance, pregnancy.visit_on, 10, 16)
        _attended(story, pregnancy, NEW_BIRTH, visit_at)
    for review in LATER:
        day = when_due(story, review, born_on)
        _missed_before(story, pregnancy, review, day)
        if day:
            when = in_hours(story.chance, day, 9, 16)
            _attended(story, pregnancy, review, when)
    _feeding_otherwise(story, pregnancy)


def _antenatal(story: Story, pregnancy: Pregnancy) -> None:
    """Health visiting's visit before the birth."""
    chance, mother, when = story.chance, story.mother, pregnancy.antenatal_at
    if mother is None:
        return
    if when is None and story.seen_at and not pregnancy.booked_at and not story.waits:
        day = working_day(pregnancy.week(chance.uniform(29.5, 36)))
        early = pregnancy.born_on is None or day < pregnancy.born_on - 2 * DAY
        when = in_hours(chance, day, 9, 16) if early and chance.happens(0.5) else None
    if when is None or not story.seen(when):
        return
    kind = chance.pick({"home_visit": 0.8, "clinic": 0.12, "video": 0.08})
    note = note_antenatal(story, when.date())
    contact = _log(story, when, kind, [mother, *pregnancy.babies], "antenatal", note)
    ask_about_abuse(story, contact)


def _attended(story: Story, pregnancy: Pregnancy, review: DemoReview, when: datetime) -> None:
    """Do one review, if the family was here and the child lived."""
    babies = pregnancy.alive(when.date())
    if not babies or not story.seen(when) or (story.owed and when > story.world.until - 120 * DAY):
        return
    kind = story.chance.pick(review.kinds)
    note = NOTES[review.code](story, pregnancy, babies, when.date())
    concerned = (
        babies
        if review.code != "new_birth"
        else [*babies, *([story.mother] if story.mother else [])]
    )
    contact = _log(story, when, kind, concerned, review.code, note)
    RECORD[review.code](story, pregnancy, babies, contact)


def _log(
    story: Story, when: datetime, kind: str, concerned: list[Person], review: str, note: str
) -> Contact:
    team = story.health_visiting(when.date())
    site = story.clinic_site(when.date()) if kind == "clinic" else None
    return log(story, Happening(team, when, kind, concerned, review=review, note=note, site=site))


def _missed_before(
    story: Story, pregnancy: Pregnancy, review: DemoReview, done_on: date | None
) -> None:
    """Appointments that came to nothing: for most who were late or never seen, a few others."""
    chance, born_on = story.chance, pregnancy.born_on
    assert born_on is not None
    _, first, last = review.windows[0]
    late = done_on is None or (done_on - born_on).days > last
    if not chance.happens(0.8 if late else 0.08):
        return
    latest = born_on + DAY * (last if late or done_on is None else (done_on - born_on).days - 3)
    day = working_day_between(chance, born_on + first * DAY, max(latest, born_on + first * DAY))
    when = in_hours(chance, day, 9, 16)
    babies = pregnancy.alive(day)
    if not babies or not story.seen(when) or (done_on and day >= done_on):
        return
    kind = chance.pick({k: v for k, v in review.kinds.items() if k != "video"})
    first_outcome = "was_not_brought" if kind == "clinic" else "no_access"
    outcome = chance.pick(
        {first_outcome: 0.68, "cancelled_by_family": 0.17, "cancelled_by_service": 0.15}
    )
    log(
        story,
        Happening(
            story.health_visiting(day),
            when,
            kind,
            babies,
            outcome,
            review.code,
            notes.fill(say(story, notes.MISSED[outcome], day), name=babies[0].given_name),
            site=story.clinic_site(day) if kind == "clinic" else None,
        ),
    )


def _feeding_otherwise(story: Story, pregnancy: Pregnancy) -> None:
    """Feeding at eight weeks is known for nearly all, also where the review was late."""
    chance, born_on = story.chance, pregnancy.born_on
    assert born_on is not None
    latest = born_on + 56 * DAY
    unknown = [b for b in pregnancy.alive(latest) if b.ref not in pregnancy.feeding_known]
    when = in_hours(chance, working_day_between(chance, born_on + 44 * DAY, latest), 9, 17)
    if not unknown or not story.seen(when) or not chance.happens(0.975):
        return
    fed = pregnancy.fed = fed_later(story, pregnancy)
    contact = log(
        story,
        Happening(
            story.health_visiting(when.date()),
            when,
            "phone",
            unknown,
            note=f"Rang to ask about feeding. {say(story, notes.FEEDING[fed], when.date())}",
        ),
    )
    for baby in unknown:
        found(story, baby, when.date(), contact, feeding_6_8_weeks=fed)
