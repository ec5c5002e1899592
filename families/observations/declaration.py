"""What an observation code declares: its values, who says them, and what may be printed of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, StrEnum

from django.core.exceptions import ValidationError

from leap.core import parse


class Source(Enum):
    """Who says what a finding holds."""

    MEASURED = "measured"
    CARER = "reported by a parent or carer"
    THEMSELVES = "reported by the person"
    PRACTITIONER = "judged by the practitioner"


class Group(StrEnum):
    """What a code is about."""

    MOOD = "Mood"
    DOMESTIC_ABUSE = "Domestic abuse"
    FEEDING = "Feeding"
    DEVELOPMENT = "Development"
    HOME = "Home"
    GROWTH = "Growth"
    PREGNANCY = "Pregnancy"


class Paper(Enum):
    """What of a contact may reach a paper that somebody can leave on a kitchen table."""

    PRINTED = "the finding and everything beside it"
    WITHOUT_FINDING = "the contact and its note, without the finding"
    WITHOUT_NOTE = "the contact alone: its note may speak of it"
    NOTHING = "nothing of the contact"


@dataclass(frozen=True)
class Concern:
    """When a finding makes a contact significant: at some of its words, or from a number on."""

    words: tuple[str, ...] = ()
    least: Decimal | None = None

    def holds(self, value: str) -> bool:
        if self.least is not None:
            return Decimal(value) >= self.least
        return value in self.words

    def sql(self, code: str) -> str:
        """As a condition on an observation `o`. All of it is ours, none of it typed."""
        if self.least is not None:
            return f"(o.code = '{code}' AND o.number >= {self.least})"
        return f"(o.code = '{code}' AND o.value IN ({', '.join(map(repr, self.words))}))"


@dataclass(frozen=True)
class Advice:
    """What a finding asks of whoever reads it. It never decides."""

    at: Concern
    says: str


@dataclass(frozen=True)
class Code:
    """One kind of observation: a closed list of words, or a number with bounds and a unit.

    Whatever is not declared takes the careful default: not a fact, in no assessment, on no paper.
    """

    code: str
    title: str
    source: Source | None = None
    group: Group | None = None
    values: Mapping[str, str] = field(default_factory=dict)  # each word, and how it is said
    least: Decimal | None = None
    most: Decimal | None = None
    unit: str = ""
    whole: bool = True
    # Units that it is mistaken for, with what a value in one has to be multiplied by.
    instead: tuple[tuple[str, Decimal], ...] = ()
    # Nothing of the contact is printed unless it is said here that it may be.
    paper: Paper = Paper.NOTHING
    nothing_told: str = ""  # the value that leaves out the finding alone, whatever `paper` says
    concern: Concern | None = None
    advice: tuple[Advice, ...] = ()  # the first that fits is shown beside a result
    reviews: tuple[str, ...] = ()
    of_child: bool = True
    is_detail: bool = False  # of a result with which it is recorded, and shown with it

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.values)

    @property
    def printable(self) -> bool:
        return self.paper is Paper.PRINTED

    def on_paper(self, value: str) -> Paper:
        """What may be printed of a contact at which this value was found."""
        disclosed = not self.nothing_told or value != self.nothing_told
        return self.paper if self.printable or disclosed else Paper.WITHOUT_FINDING

    def calls_for(self, value: str) -> str:
        """What this result asks of whoever reads it; blank where it asks nothing."""
        return next((advice.says for advice in self.advice if advice.at.holds(value)), "")

    def read(self, text: str) -> tuple[str, Decimal | None]:
        """The value as kept, and as a number where it is one; ValidationError if it is neither."""
        if self.words:
            if text not in self.words:
                raise ValidationError(
                    f"{self.title} is one of {', '.join(self.words)}, not “{text}”."
                )
            return text, None
        try:
            number = parse.number(text)
        except parse.Unreadable:
            kind = "whole number" if self.whole else "number"
            quoted = parse.quoted(text)
            raise ValidationError(f"{self.title} is a {kind}, in figures, not {quoted}.") from None
        if self.whole and number != number.to_integral_value():
            raise ValidationError(f"{self.title} is a whole number, not “{text}”.")
        assert self.least is not None
        assert self.most is not None
        if not self.least <= number <= self.most:
            in_units = ((name, round(number * times, 2)) for name, times in self.instead)
            hints = (
                f"If it was in {name}, write {value.normalize():f}."
                for name, value in in_units
                if self.least <= value <= self.most
            )
            hint = next(hints, "Check the unit.")
            raise ValidationError(
                f"{self.title} is between {self.least} and {self.most} {self.unit}".rstrip()
                + f", not {text}. {hint}"
            )
        return f"{number.normalize():f}", number
