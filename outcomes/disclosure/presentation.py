"""What is shown of a figure: as it is, or as it may leave the partnership."""

from dataclasses import dataclass
from typing import Protocol

from outcomes import statistics
from outcomes.disclosure.tables import round_count
from outcomes.indicators import INDICATORS

# The markers of the Government Statistical Service that stand in the place of a number.
CONFIDENTIAL, NOT_AVAILABLE, LOW, PROVISIONAL = "[c]", "[x]", "[low]", "[p]"
# Below, rounding alone could move a percentage by more than five points.
FEWEST_FOR_A_PERCENTAGE = 50


class AFigure(Protocol):
    """What `outcomes.models.Figure` has."""

    @property
    def indicator(self) -> str: ...
    @property
    def numerator(self) -> int: ...
    @property
    def denominator(self) -> int: ...
    @property
    def known(self) -> int | None: ...
    @property
    def value(self) -> float | None: ...
    @property
    def lower(self) -> float | None: ...
    @property
    def upper(self) -> float | None: ...
    @property
    def note(self) -> str: ...
    @property
    def hidden(self) -> bool: ...
    @property
    def known_hidden(self) -> bool: ...
    @property
    def denominator_hidden(self) -> bool: ...


@dataclass(frozen=True)
class PublishedFigure:
    """A figure as one kind of reader may see it. What they may not is None, and `note` says why."""

    numerator: int | None
    denominator: int | None
    known: int | None
    value: float | None
    lower: float | None
    upper: float | None
    note: str
    share_known: float | None = None  # of the denominator, those whose status is known


def exact(figure: AFigure) -> PublishedFigure:
    """A figure as it is: inside the partnership only, and logged by whoever shows it."""
    return PublishedFigure(
        figure.numerator,
        figure.denominator,
        figure.known,
        figure.value,
        figure.lower,
        figure.upper,
        figure.note,
        None if figure.known is None else _share(figure.known, figure.denominator),
    )


def controlled(figure: AFigure) -> PublishedFigure:
    """A figure as it may leave the partnership: everything is computed from the counts as they are
    shown, so that nothing says more of the true ones, and a reader can check it."""
    whole = None if figure.denominator_hidden else round_count(figure.denominator)
    part = None if figure.hidden else round_count(figure.numerator)
    known = None if figure.known is None or figure.known_hidden else round_count(figure.known)
    share_known = _share(known, whole) if _is_enough(whole) else None
    why_not = _why_not(figure, part, whole, share_known)
    estimate = None if why_not else statistics.wilson(part, whole)
    marks = [why_not, PROVISIONAL if PROVISIONAL in figure.note else ""]
    return PublishedFigure(
        part,
        whole,
        known,
        estimate.value if estimate else None,
        estimate.lower if estimate else None,
        estimate.upper if estimate else None,
        " ".join(filter(None, marks)),
        share_known,
    )


def _why_not(
    figure: AFigure, part: int | None, whole: int | None, share_known: float | None
) -> str:
    """The marker that stands in the place of a percentage, if there can be none."""
    if part is None or whole is None:
        return CONFIDENTIAL
    if not _is_enough(whole):
        return LOW if whole else NOT_AVAILABLE
    declared = INDICATORS.get(figure.indicator)
    least = declared.min_known_share if declared else None
    if figure.known is None or least is None:
        return ""
    if share_known is None:
        return CONFIDENTIAL
    return NOT_AVAILABLE if share_known < least else ""


def _is_enough(whole: int | None) -> bool:
    return whole is not None and whole >= FEWEST_FOR_A_PERCENTAGE


def _share(part: int | None, whole: int | None) -> float | None:
    return part / whole if part is not None and whole else None
