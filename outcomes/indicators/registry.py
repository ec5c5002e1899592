"""What an indicator says of itself: everything a reader needs to trust or doubt its figures."""

from dataclasses import dataclass
from typing import Literal

from leap.core.audit.kinds import PEOPLE, PLACES

GROWTH_CUTOFFS = "growth cut-offs"  # ours, filled before the first use

Better = Literal["higher", "lower"]
NUMERATOR, DENOMINATOR, KNOWN = "numerator", "denominator", "known"
Count = tuple[str, str]  # an indicator's code, and which of its counts


@dataclass(frozen=True)
class Population:
    """Who or what is counted, as SQL that several indicators may share.

    `sql` selects one row for each unit counted between the parameters `first` and `last` (the days
    that all periods asked for span, none after `as_at`): `unit` (the key of the child, mother,
    contact or referral), `resident_id` (the person whose ward counts), `on_day` (the day that put
    the unit in the population), and whatever else the indicators' conditions read. Where a row
    depends on the whole period (`per_period`), there is one for each, with its code as `period`; it
    may then read the relations `period (code, starts_on, ends_on)` and `calendar (period, day)`.
    """

    sql: str
    per_period: bool = False
    on_last_day: bool = False  # those there on a period's last day, who are those of its last month


@dataclass(frozen=True)
class Indicator:
    """One definition: its words, and as conditions on the rows of a population, the units that are
    counted (`denominator_sql`), those that meet it (`numerator_sql`) and those whose status is
    known (`known_sql`). Null is no.
    """

    code: str
    title: str
    why: str
    numerator: str
    denominator: str
    day: str  # the day that puts someone in the population, and decides their ward
    unit: str  # what is counted, in the plural
    better: Better | None
    population: Population
    numerator_sql: str
    inputs: frozenset[str]  # besides these, everything reads where people live
    source: str
    denominator_sql: str = "true"
    known_sql: str = "true"
    version: int = 1
    details: tuple[str, ...] = ()
    min_known_share: float | None = None  # published only where the status of this share is known
    method: str = "Wilson 95%"
    # Whether it would harm somebody to be known as one of the few who did not meet it.
    sensitive: bool = False
    cohort: str = ""  # a name for whom it is out of, shared by indicators of other populations

    @property
    def out_of(self) -> tuple[object, ...]:
        """Whom it is out of: the same for indicators that share their denominator."""
        return (self.cohort,) if self.cohort else (self.population, self.denominator_sql)

    @property
    def reads(self) -> frozenset[str]:
        """All data that its figures come from: homes, which give the ward, too."""
        return self.inputs | {PEOPLE, PLACES}

    @property
    def direction(self) -> str:
        """Which way is better, in words."""
        if self.better is None:
            return "No direction is better"
        return f"{self.better.capitalize()} is better"

    @property
    def disclosure(self) -> str:
        """Which of its counts are too small to leave the partnership, in words."""
        if self.sensitive:
            return "Sensitive: counts of 1 to 7 are hidden, and counts of all but 1 to 7."
        return "Counts of 1 to 7 are hidden."

    @property
    def publication(self) -> str:
        """When a value is published, in words."""
        if self.min_known_share is None:
            return "Published wherever anybody is in the denominator."
        return (
            "Published only where the status is known for at least"
            f" {self.min_known_share:.0%} of the denominator; the share known is always shown."
        )


@dataclass(frozen=True)
class Comparison:
    """Counts of one area and period that never come to more than others: `less` together no more
    than `more` together. Who knows some of them has bounds for the rest, so they are protected
    together."""

    less: tuple[Count, ...]
    more: tuple[Count, ...]


def part_of(part: Indicator, whole: Indicator) -> Comparison:
    """Whoever meets one indicator meets the other."""
    return Comparison(((part.code, NUMERATOR),), ((whole.code, NUMERATOR),))


def mutually_exclusive(*indicators: Indicator) -> Comparison:
    """Nobody meets two of these, which are out of the same people."""
    parts = tuple((indicator.code, NUMERATOR) for indicator in indicators)
    return Comparison(parts, ((indicators[0].code, DENOMINATOR),))
