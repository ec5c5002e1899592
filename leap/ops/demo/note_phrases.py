"""Choosing sentences that do not contradict what is known of a family."""

from collections.abc import Callable
from datetime import date

from leap.ops.demo.stories import DAY, Story

TOGETHER = ("couple", "three generations", "two homes", "parents apart")


def _mother(story: Story, day: date) -> bool:
    return story.mother is not None


def _father(story: Story, day: date) -> bool:
    return story.partner is not None and story.partner.sex == "male"


def _interpreted(story: Story, day: date) -> bool:
    return story.mother is not None and bool(story.mother.interpreter)


def _parents(story: Story, day: date) -> bool:
    return story.mother is not None and story.form in TOGETHER


def _several(story: Story, day: date) -> bool:
    return len(_ages(story, day)) > 1


def _baby(story: Story, day: date) -> bool:
    return any(age < 400 for age in _ages(story, day))


def _not_baby(story: Story, day: date) -> bool:
    return any(age > 540 for age in _ages(story, day))


def _ages(story: Story, day: date) -> list[int]:
    born = [c.birth_date for c in [*story.children, *story.guests] if c.birth_date]
    return [(day - birth) // DAY for birth in born if birth <= day]


# A sentence with one of these words is only written where it is so.
ONLY_WHERE: tuple[tuple[tuple[str, ...], Callable[[Story, date], bool]], ...] = (
    (("mother", "{mother}", "her sister", "Breast", "breast", "latch", "titches", "She "), _mother),
    (("father", "Father"), _father),
    (("nterpreter", "mmigration"), _interpreted),
    (("arents",), _parents),
    (("hildren ", "hildren."), _several),
    (("baby", "Baby", "winding", "vaccin", "Reflux", "solids"), _baby),
    (("nursery", "oddler", "antrum", "Star chart", "star chart", "potty"), _not_baby),
)


def fits(story: Story, sentence: str, day: date) -> bool:
    """Whether the sentence can be true of the family on that day."""
    return all(
        is_so(story, day) for words, is_so in ONLY_WHERE if any(word in sentence for word in words)
    )


def fitting(story: Story, pool: tuple[str, ...], day: date) -> tuple[str, ...]:
    """Those of the pool that fit; all of them where none does."""
    return tuple(sentence for sentence in pool if fits(story, sentence, day)) or pool


def say(story: Story, pool: tuple[str, ...], day: date) -> str:
    """One sentence of the pool that fits."""
    return story.chance.choice(fitting(story, pool, day))
