"""The notes of the reviews, in the order people write: how it was, what was found, what next."""

from collections.abc import Callable
from datetime import date

from families.models import Person
from leap.ops.demo import notes
from leap.ops.demo.note_phrases import say
from leap.ops.demo.stories import Pregnancy, Story

Note = Callable[[Story, Pregnancy, list[Person], date], str]


def _note(story: Story, review: str, babies: list[Person], day: date, *findings: str) -> str:
    opening, plan = (
        notes.fill(
            say(story, pool[review], day),
            name=" and ".join(baby.given_name for baby in babies),
            mother=story.mother.given_name if story.mother else "",
        )
        for pool in (notes.OPENINGS, notes.PLANS)
    )
    interpreted = story.mother is not None and bool(story.mother.interpreter)
    helped = interpreted and story.chance.happens(0.4)
    interpreter = story.chance.choice(notes.INTERPRETED) if helped else ""
    return " ".join(part for part in (opening, interpreter, *findings, plan) if part)


def note_antenatal(story: Story, day: date) -> str:
    """What health visiting writes after the visit before the birth."""
    return _note(story, "antenatal", [], day)


def _new_birth(story: Story, pregnancy: Pregnancy, babies: list[Person], day: date) -> str:
    return _note(story, "new_birth", babies, day, say(story, notes.FEEDING[pregnancy.fed], day))


def _six_to_eight_weeks(story: Story, pregnancy: Pregnancy, babies: list[Person], day: date) -> str:
    pregnancy.fed = fed_later(story, pregnancy)
    story.known["mood"] = story.chance.pick({"well": 0.885, "low": 0.115})
    mood = say(story, notes.MOOD[story.known["mood"]], day) if story.mother else ""
    feeding = say(story, notes.FEEDING[pregnancy.fed], day)
    return _note(story, "six_to_eight_week", babies, day, feeding, mood)


def fed_later(story: Story, pregnancy: Pregnancy) -> str:
    """How a baby is fed at eight weeks, who was fed so at first."""
    if pregnancy.fed == "breast_milk":
        return story.chance.pick({"exclusive": 0.48, "partial": 0.335, "none": 0.185})
    if pregnancy.fed == "other":
        return story.chance.pick({"none": 9, "partial": 1})
    return pregnancy.fed


def _one_year(story: Story, pregnancy: Pregnancy, babies: list[Person], day: date) -> str:
    return _note(story, "one_year", babies, day, story.chance.choice(notes.GROWTH))


def _two_years(story: Story, pregnancy: Pregnancy, babies: list[Person], day: date) -> str:
    well = story.chance.happens(0.83)
    behind = "" if well else story.chance.pick({"communication": 0.6, "other": 0.4})
    story.known["behind"] = behind
    finding = story.chance.choice(notes.DEVELOPMENT[behind or "well"])
    return _note(story, "two_year", babies, day, finding)


NOTES: dict[str, Note] = {
    "new_birth": _new_birth,
    "six_to_eight_week": _six_to_eight_weeks,
    "one_year": _one_year,
    "two_year": _two_years,
}
