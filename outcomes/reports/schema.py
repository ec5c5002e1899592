"""What a report's frozen content looks like. Everything in it may leave the partnership."""

from typing import NotRequired, TypedDict

FORMAT = 2  # raised when these change, so that a reader of old reports knows what to expect
LIMITS_FROM_EXACT_COUNTS = 1  # the format whose 95% limits came from counts before rounding


class Number(TypedDict):
    """A count as it may leave the partnership; None where it may not, and the note says why."""

    count: int | None
    note: str


class Before(TypedDict):
    """The same figure in the period before."""

    value: float | None
    lower: float | None
    upper: float | None
    note: str


class ReportFigure(TypedDict):
    """One published figure. Shares are 0 to 1; counts are rounded to the nearest 5."""

    area_code: str
    area_name: str
    breakdown: str
    category: str
    numerator: int | None
    denominator: int | None
    known: int | None
    share_known: float | None
    value: float | None
    lower: float | None
    upper: float | None
    note: str
    before: Before | None
    change: str  # in words, or the marker that says why there is none
    reason: NotRequired[
        str
    ]  # since format 2: which longer period has the percentage that this lacks


class ReportIndicator(TypedDict):
    """A definition as it stood, and its figures: LEAP first, then the wards."""

    code: str
    version: int
    theme: str
    title: str
    why: str
    numerator: str
    denominator: str
    day: str
    unit: str
    direction: str
    method: str
    publication: str
    source: str
    details: list[str]
    as_at: str
    asks_known: bool  # whether the status can be unknown, and so the share known is shown
    figures: list[ReportFigure]


class ReachRow(TypedDict):
    """How many different people of one group, in one area."""

    group: str
    area_code: str
    area_name: str
    registered: Number
    reached: Number
    sustained: Number


class StrandRow(TypedDict):
    """What was delivered in one strand. Services and sessions are not people, and are exact."""

    strand: str
    title: str
    services: int
    names: list[str]
    sessions: int
    contacts: Number
    attendances: Number


class Term(TypedDict):
    """A word, and what it means here."""

    term: str
    meaning: str


class Reach(TypedDict):
    counted_on: str
    up_to: str
    terms: list[Term]
    rows: list[ReachRow]


class Delivered(TypedDict):
    counted_on: str
    up_to: str
    terms: list[Term]
    warning: str
    rows: list[StrandRow]


class Headline(TypedDict):
    """One number for the first page, already in words, with what it means."""

    label: str
    text: str
    meaning: str


class NamedItem(TypedDict):
    """Something with a code and a title: the period before, an indicator without figures."""

    code: str
    title: str


class PeriodPart(TypedDict):
    code: str
    title: str
    kind: str
    starts_on: str
    ends_on: str


class Content(TypedDict):
    """A whole report."""

    format: int
    ref: str
    title: str
    period: PeriodPart
    before: NamedItem | None
    as_at: str
    issued_at: str
    issued_by: str
    provisional: bool
    headlines: list[Headline]
    indicators: list[ReportIndicator]
    missing: list[NamedItem]
    reach: Reach
    delivered: Delivered
    notes: list[Term]
