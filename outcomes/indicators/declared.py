"""What an indicator says of itself: everything a reader needs to trust or doubt its figures."""

from dataclasses import dataclass
from typing import Literal

PEOPLE, CONTACTS, OBSERVATIONS = "people", "contacts", "observations"
SESSIONS, REFERRALS = "sessions", "referrals"
GROWTH_CUTOFFS = "growth cut-offs"  # ours, filled before the first use

Better = Literal["higher", "lower"]


@dataclass(frozen=True)
class Indicator:
    """One definition.

    `sql` selects one row for each unit counted, in each period asked for: `period` (its code),
    `unit` (the key of the child, mother, contact or referral), `resident_id` (the person whose ward
    counts), `on_day` (the day that put the unit in the population), `met` and `known` (booleans).
    It reads the relation `period (code, starts_on, ends_on)`, whose last day is never after the
    as-at date, and the parameters `first`, `last` (the earliest and latest day of any period) and
    `as_at`. See `outcomes.counting`.
    """

    code: str
    title: str
    why: str
    numerator: str
    denominator: str
    day: str  # the day that puts someone in the population, and decides their ward
    unit: str  # what is counted, in the plural
    better: Better | None
    sql: str
    inputs: frozenset[str]
    source: str
    version: int = 1
    details: tuple[str, ...] = ()
    least_known: float | None = None  # published only where the status of this share is known
    method: str = "Wilson 95%"

    @property
    def direction(self) -> str:
        """Which way is better, in words."""
        if self.better is None:
            return "No direction is better"
        return f"{self.better.capitalize()} is better"

    @property
    def publication(self) -> str:
        """When a value is published, in words."""
        if self.least_known is None:
            return "Published wherever anybody is in the denominator."
        return (
            f"Published only where the status is known for at least {self.least_known:.0%} of the"
            " denominator; the share known is always shown."
        )
