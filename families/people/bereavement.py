"""How a death is named and told on pages, and what is asked of whoever reads it."""

from dataclasses import dataclass
from datetime import date, timedelta

from families.models import Member, Person
from leap.core.ui.formatting import short_day

# 24 completed weeks are sixteen weeks before the due date.
BEFORE_24_WEEKS = timedelta(weeks=16)
FRESH = timedelta(days=365)


def is_miscarriage(person: Person, on: date) -> bool:
    """Whether a baby who died before birth on this day did so before 24 weeks."""
    return person.due_date is not None and on < person.due_date - BEFORE_24_WEEKS


def sentence(person: Person) -> str:
    """That somebody has died, as one says it to a colleague before she knocks."""
    assert person.died_on is not None
    day = short_day(person.died_on)
    if not person.died_before_birth:
        return f"{person.name} died on {day}."
    if is_miscarriage(person, person.died_on):
        return f"A pregnancy ended in miscarriage on {day}."
    if person.given_name:
        return f"{person.name} was stillborn on {day}."
    return f"A baby was stillborn on {day}."


@dataclass(frozen=True)
class Losses:
    """What a family's page says of those who have died, the latest first."""

    fresh: list[str]  # of the last year: said before anything else
    earlier: list[str]  # said quietly
    expecting: bool  # a baby is on the way now
    without_carers: list[str]  # children whose carers have all died

    @property
    def is_said_first(self) -> bool:
        """Whether it stands above everything else on the page."""
        return bool(self.fresh or self.without_carers)


def losses_among(members: list[Member], today: date) -> Losses:
    """Told from the members that the reader sees, at no cost of a statement."""
    died = [member.person for member in members if member.person.died_on]
    died.sort(key=lambda person: str(person.died_on), reverse=True)
    fresh = [person for person in died if person.died_on and person.died_on > today - FRESH]
    # Living children, where somebody who brought them up has died and nobody else is recorded.
    carers = [member.person for member in members if not member.is_child]
    are_alone = bool(carers) and all(carer.died_on for carer in carers)
    born = [member.person for member in members if member.is_child and member.person.birth_date]
    return Losses(
        fresh=[sentence(person) for person in fresh],
        earlier=[sentence(person) for person in died if person not in fresh],
        expecting=any(member.person.is_unborn for member in members),
        without_carers=[child.name for child in born if are_alone and not child.died_on],
    )
