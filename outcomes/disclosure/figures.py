"""How published figures hang together: which counts they are made of, what adds up to what, and
what is never more than something else.

Every figure is of two or three counts: those who met an indicator, those it is out of, and where it
matters those whose status is known. Indicators of one cohort are out of the same people, so their
denominator is one count: it is hidden in all of them or in none. Indicators that are compared, or
are parts of one whole, are looked at together for the same reason.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from leap.core.reference_data.models import LEAP, LEAP_WARDS
from outcomes import periods
from outcomes.disclosure.suppression import protect
from outcomes.disclosure.tables import (
    AtLeast,
    Cell,
    CellTable,
    Numbers,
    SumOfCells,
    connected_groups,
)
from outcomes.indicators import COHORTS, COMPARISONS, INDICATORS
from outcomes.indicators.registry import DENOMINATOR, KNOWN, NUMERATOR


class Counted(Protocol):
    """What `outcomes.models.Figure` has of counts."""

    @property
    def indicator(self) -> str: ...
    @property
    def area_code(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def breakdown(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def numerator(self) -> int: ...
    @property
    def denominator(self) -> int: ...
    @property
    def known(self) -> int | None: ...


Where = tuple[str, str, str, str]  # area, period, breakdown and category


def coordinates_of(figure: Counted) -> Where:
    return figure.area_code, figure.period, figure.breakdown, figure.category


def name_of(figure: Counted) -> tuple[str, Where]:
    """What names a figure among those published: its indicator and its place."""
    return figure.indicator, coordinates_of(figure)


@dataclass(frozen=True)
class Cells:
    """The cells of one figure's counts."""

    numerator: Cell
    denominator: Cell
    known: Cell | None

    def of(self, count: str) -> Cell | None:
        return {NUMERATOR: self.numerator, DENOMINATOR: self.denominator, KNOWN: self.known}[count]


@dataclass
class Published:
    """Figures of indicators that hang together, as a table of counts."""

    cells: dict[tuple[str, Where], Cells] = field(default_factory=dict)
    counts: dict[Cell, Numbers] = field(default_factory=dict)
    within: dict[Cell, tuple[Cell, ...]] = field(default_factory=dict)
    wholes: dict[Cell, Cell] = field(default_factory=dict)


def groups(codes: Iterable[str]) -> list[set[str]]:
    """Every group of indicators that hang together and have one of these among them."""
    wanted = set(codes)
    ties = [[code, cohort] for code, cohort in COHORTS.items()]
    ties += [
        sorted({code for code, _ in (*comparison.less, *comparison.more)})
        for comparison in COMPARISONS
    ]
    retired = [[code] for code in wanted - COHORTS.keys()]
    return [group for group in connected_groups([*ties, *retired]) if group & wanted]


def table_of(
    figures: Collection[Counted], as_at: date, published_cells: Collection[Cell] = ()
) -> CellTable:
    """Figures of one group as a table; `published_cells` are those that an earlier report showed.

    In an order of its own, whatever the database's: where several cells would do to hide beside
    another, the first is taken, and one night hiding this and the next one that would show both.
    """
    tabulation = tabulate(sorted(figures, key=name_of))
    return CellTable(
        counts=tabulation.counts,
        lines=tuple(_lines(tabulation.counts, as_at)),
        comparisons=tuple(_comparisons(tabulation, as_at)),
        within=tabulation.within,
        wholes=tabulation.wholes,
        published_cells=published_cells,
    )


def tabulate(figures: Collection[Counted]) -> Published:
    """The counts of figures, each once."""
    tabulation = Published()
    # What a cohort's indicators say that it comes to: one number, unless one of them failed last
    # night and stands by older figures.
    shared: dict[tuple[str, Where], set[int]] = {}
    for figure in figures:
        cohort = COHORTS.get(figure.indicator, figure.indicator)
        shared.setdefault((cohort, coordinates_of(figure)), set()).add(figure.denominator)
    for figure in figures:
        place = coordinates_of(figure)
        cohort = COHORTS.get(figure.indicator, figure.indicator)
        name = cohort if len(shared[cohort, place]) == 1 else f"{cohort} by {figure.indicator}"
        whole: Cell = (f"{DENOMINATOR} {name}", *place)
        part: Cell = (f"{NUMERATOR} {figure.indicator}", *place)
        known = None if figure.known is None else (f"{KNOWN} {figure.indicator}", *place)
        tabulation.cells[figure.indicator, place] = Cells(part, whole, known)
        tabulation.counts[whole] = (figure.denominator,)
        tabulation.counts[part] = (figure.numerator,)
        inner = [part]
        if known and figure.known is not None:
            tabulation.counts[known] = (figure.known,)
            tabulation.within[known] = (part,)
            inner.append(known)
        tabulation.within[whole] = (*tabulation.within.get(whole, ()), *inner)
        declared = INDICATORS.get(figure.indicator)
        if declared and declared.sensitive:
            tabulation.counts[part] = (figure.numerator, figure.denominator - figure.numerator)
            tabulation.wholes[part] = whole
    return tabulation


def _lines(counts: Collection[Cell], as_at: date) -> Iterator[SumOfCells]:
    """Every sum that a reader could do: wards, months and quarters, and parts of a breakdown."""
    parts: dict[Cell, list[Cell]] = {}
    for name, area, code, breakdown, category in counts:
        cell = (name, area, code, breakdown, category)
        if breakdown:
            parts.setdefault((name, area, code, "", "", breakdown), []).append(cell)
        wards = tuple((name, ward, code, breakdown, category) for ward in LEAP_WARDS)
        if area == LEAP and all(ward in counts for ward in wards):
            yield SumOfCells(cell, wards)
        shorter = [p.code for p in periods.parse(code).parts if p.starts_on <= as_at]
        pieces = tuple((name, area, short, breakdown, category) for short in shorter)
        if pieces and all(piece in counts for piece in pieces) and not _is_stock(name, NUMERATOR):
            yield SumOfCells(cell, pieces[-1:] if _is_stock(name, DENOMINATOR) else pieces)
    for (*total, _), pieces_of in parts.items():
        if tuple(total) in counts:
            yield SumOfCells(tuple(total), tuple(pieces_of))


def _is_stock(name: str, count: str) -> bool:
    """Whether this is a count of those there on the last day: such denominators are that of the
    last month, and such numerators those of them who met something in the whole period."""
    what, code, *_ = name.split(" ")
    declared = INDICATORS.get(code)
    return what == count and declared is not None and declared.population.on_last_day


def _comparisons(tabulation: Published, as_at: date) -> Iterator[AtLeast]:
    """What is never more than something else, wherever both are published."""
    for cell in tabulation.counts:
        name, area, code, *part = cell
        shorter = [p.code for p in periods.parse(code).parts if p.starts_on <= as_at]
        pieces = [(name, area, short, *part) for short in shorter]
        if (
            _is_stock(name, NUMERATOR)
            and pieces
            and all(piece in tabulation.counts for piece in pieces)
        ):
            yield AtLeast(more=(cell,), less=(pieces[-1],))
            yield AtLeast(more=tuple(pieces), less=(cell,))
    places = {place for _, place in tabulation.cells}
    for comparison in COMPARISONS:
        for place in sorted(places):
            more = [_cell(tabulation, place, *count) for count in comparison.more]
            less = [_cell(tabulation, place, *count) for count in comparison.less]
            if None not in (*more, *less):
                yield AtLeast(tuple(filter(None, more)), tuple(filter(None, less)))


def _cell(tabulation: Published, place: Where, code: str, count: str) -> Cell | None:
    cells = tabulation.cells.get((code, place))
    return cells.of(count) if cells else None


@dataclass(frozen=True)
class DisclosureDecision:
    """What of one figure must be hidden."""

    numerator: bool
    denominator: bool
    known: bool


def decide(
    figures: Collection[Counted], as_at: date, published_cells: Collection[Cell] = ()
) -> dict[tuple[str, Where], DisclosureDecision]:
    """What must be hidden of each figure of one group, by indicator and place."""
    hidden = protect(table_of(figures, as_at, published_cells))
    return {
        name: DisclosureDecision(
            numerator=cells.numerator in hidden,
            denominator=cells.denominator in hidden,
            known=cells.known in hidden,
        )
        for name, cells in tabulate(figures).cells.items()
    }
