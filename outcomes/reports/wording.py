"""The sentences every report carries, and how its numbers are written for people."""

from leap.core.ui.formatting import percent
from outcomes.disclosure import CONFIDENTIAL, LOW, NOT_AVAILABLE, PROVISIONAL
from outcomes.reports.schema import Number, ReportFigure, Term

FUNDER = "Big Lottery Fund"
PROGRAMME = "Lambeth Early Action Partnership (LEAP)"

MARKERS = (
    Term(
        term="[c]",
        meaning="Confidential. The number is of 1 to 7 people or events, or would let such a number"
        " be worked out from others here or published elsewhere.",
    ),
    Term(
        term="[low]",
        meaning="No percentage: it would be of fewer than 50 after rounding, where rounding alone"
        " moves it by more than five points. Where a longer period has one, that is said.",
    ),
    Term(
        term="[x]",
        meaning="Not available: nobody was counted, or the status of too few people is known for"
        " the share to be trusted.",
    ),
    Term(
        term="[p]",
        meaning="Provisional: the period was not over on the day the figures are as at.",
    ),
    Term(term="[z]", meaning="Not applicable."),
)
METHODS = (
    Term(
        term="Rounding",
        meaning="Numbers of people, contacts and attendances are rounded to the nearest 5. Shares"
        " and their 95% ranges are worked out from the rounded numbers, so that a reader can check"
        " them and nothing says more of the exact ones. Rows may not add up to their total.",
    ),
    Term(
        term="Share known",
        meaning="Of everybody in the population, those whose status is known: given where it can be"
        " unknown, worked out from the rounded numbers.",
    ),
    Term(
        term="95% limits",
        meaning="How far chance alone could move a share: of 100 such ranges, about 95 hold the"
        " underlying one. Small areas have wide ranges. By Wilson’s method, from the rounded"
        " numbers.",
    ),
    Term(
        term="Compared with the period before",
        meaning="Higher or lower is said only where the two 95% ranges do not overlap; otherwise"
        " there is no clear change. Where no direction is better, higher is neither good nor bad.",
    ),
    Term(
        term="Population",
        meaning="Who is counted is decided by an age reached or an event in the period, never by"
        " who was visited. What is not known is never counted as no.",
    ),
    Term(
        term="Wards",
        meaning="The four wards are Coldharbour, Stockwell, Tulse Hill and Vassall with their"
        " boundaries of 2011. LEAP is the four together.",
    ),
    Term(
        term="Frozen",
        meaning="This report was frozen when it was issued. Later corrections appear in later"
        " reports and do not change this one.",
    ),
)
NOTES = (*MARKERS, *METHODS)

HIGHER, LOWER, UNCLEAR = "Higher", "Lower", "No clear change"
REDEFINED = "Definition changed"


def number_text(number: Number) -> str:
    """1,250, or the marker in its place."""
    return number["note"] if number["count"] is None else f"{number['count']:,}"


def count_text(count: int | None, note: str) -> str:
    """The same for one of a figure's counts."""
    return why_not(note) if count is None else f"{count:,}"


def share_text(value: float | None, note: str) -> str:
    """86.4%, 86.4% [p], or the marker in its place."""
    if value is None:
        return why_not(note)
    return f"{percent(value)} {PROVISIONAL}" if PROVISIONAL in note else percent(value)


def range_text(lower: float | None, upper: float | None, note: str) -> str:
    """71.7% to 88.4%, or the marker in its place."""
    if lower is None or upper is None:
        return why_not(note)
    return f"{percent(lower)} to {percent(upper)}"


def why_not(note: str) -> str:
    """The marker for a number that is not there."""
    return next((marker for marker in (CONFIDENTIAL, LOW) if marker in note), NOT_AVAILABLE)


def note_of_known(figure: ReportFigure) -> str:
    """The note of the share known. Where a small count hides a figure's share, those whose status
    is known need not be hidden with it: their share is left out only where they are too few."""
    if figure["known"] is None or not figure["denominator"]:
        return figure["note"]
    return figure["note"].replace(CONFIDENTIAL, LOW)
