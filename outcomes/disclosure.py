"""Which figures may not leave the partnership as they are, and how the others are shown.

Counts of one to seven are hidden. So is whatever would let a hidden one be worked out: a ward from
LEAP and the other wards, a month from its quarter, a quarter from its year, or any of these
together. Other counts are rounded to the nearest 5, shares are taken from the rounded counts, and
limits, which come from the counts themselves, are rounded to a tenth of a percentage point.

Pure: counts in, decisions out. The night applies `hidden` to everything published of an indicator
at once, and keeps the answer on each figure, so that no two pages or files can be played against
each other.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol

from leap.directory.models import LEAP, LEAP_WARDS
from outcomes import periods

FEWEST = 8
NEAREST = 5
PLACES = 3
TWENTIETHS = 20
CONFIDENTIAL, NOT_AVAILABLE, PROVISIONAL = "[c]", "[x]", "[p]"

Cell = tuple[str, str]  # area code, period code
Numbers = tuple[int, ...]  # the counts of one figure: part, whole and, where it matters, known
Counts = Mapping[Cell, Numbers]


@dataclass(frozen=True)
class Line:
    """A total and the cells that add up to it."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def members(self) -> tuple[Cell, ...]:
        return (self.total, *self.parts)


def is_small(number: int) -> bool:
    """Whether a count is of so few that somebody might be recognised. Nobody is nobody."""
    return 0 < number < FEWEST


def nearest(number: int) -> int:
    """A count to the nearest 5."""
    return NEAREST * round(number / NEAREST)


def hidden(counts: Counts, as_at: date, told: Collection[Cell] = ()) -> set[Cell]:
    """The cells of one indicator that must be hidden: the small, and those that shield them.

    Hiding what an earlier report has `told`, unchanged since, shields nothing.
    """
    return hidden_in(counts, list(_lines(counts, as_at)), told)


def hidden_in(counts: Counts, lines: Sequence[Line], told: Collection[Cell] = ()) -> set[Cell]:
    """The same for counts that add up in these lines and no others."""
    shield = _Shield(counts, lines, told)
    shield.settle(lines)
    while opened := list(shield.widen(determined(lines, shield.cells))):
        shield.settle(opened)
    return shield.cells


class _Shield:
    """The cells that are hidden so far, grown until no line gives one away."""

    def __init__(self, counts: Counts, lines: Sequence[Line], told: Collection[Cell]) -> None:
        self.counts = counts
        self.told = told
        self.cells = {cell for cell, numbers in counts.items() if any(map(is_small, numbers))}
        self.lines_of: dict[Cell, list[Line]] = {}
        for line in lines:
            for cell in line.members:
                self.lines_of.setdefault(cell, []).append(line)

    def settle(self, lines: Iterable[Line]) -> None:
        """Hide what these lines need hidden, and what others need because of that."""
        waiting = deque(lines)
        while waiting:
            line = waiting.popleft()
            if self._gives_away(line):
                waiting.extend(self._hide_one_more(line))

    def widen(self, known: Iterable[Cell]) -> Iterator[Line]:
        """Give cells that several lines together determine more company; the lines to settle."""
        for cell in sorted(known):
            for line in self.lines_of[cell]:
                if opened := self._hide_one_more(line):
                    yield from opened
                    break

    def _gives_away(self, line: Line) -> bool:
        """Whether a line leaves a lone hidden cell, or hidden ones that come to a small number."""
        inside = [part for part in line.parts if part in self.cells]
        if line.total in self.cells:
            return not inside
        sums = map(sum, zip(*(self.counts[part] for part in inside), strict=True))
        return len(inside) == 1 or any(map(is_small, sums))

    def _hide_one_more(self, line: Line) -> list[Line]:
        """Hide the next smallest part, or the total when no part is left; the lines it is in.

        Rather one with somebody in it, and rather one whose other lines hide something already:
        then hiding it leads to less hiding elsewhere. None can be if all that is left was told.
        """
        free = [cell for cell in line.members if cell not in self.cells and cell not in self.told]
        if not free:
            return []
        cell = min((c for c in free if c != line.total), key=self._loss, default=line.total)
        self.cells.add(cell)
        return self.lines_of[cell]

    def _loss(self, cell: Cell) -> tuple[bool, int, Numbers]:
        opened = sum(self.cells.isdisjoint(line.members) for line in self.lines_of[cell])
        return self.counts[cell][1] == 0, opened, self.counts[cell]


def _lines(counts: Counts, as_at: date) -> Iterator[Line]:
    """Every sum that a reader could do with what is published."""
    for area, code in counts:
        if area == LEAP:
            yield Line((area, code), tuple((ward, code) for ward in LEAP_WARDS))
        parts = [p for p in periods.parse(code).parts if p.starts_on <= as_at]
        if parts and all((area, part.code) in counts for part in parts):
            yield Line((area, code), tuple((area, part.code) for part in parts))


def determined(lines: Collection[Line], cells: Collection[Cell]) -> set[Cell]:
    """The hidden cells that somebody who knows every other one can work out from these lines.

    Each line is an equation in its hidden cells; after elimination a cell alone in a row is known.
    """
    rows: dict[Cell, dict[Cell, Fraction]] = {}
    for line in lines:
        signed = [(line.total, -1), *((part, 1) for part in line.parts)]
        row = {cell: Fraction(sign) for cell, sign in signed if cell in cells}
        for pivot in [cell for cell in row if cell in rows]:
            _eliminate(row, pivot, rows[pivot])
        if not row:
            continue
        pivot = min(row)
        row = {cell: share / row[pivot] for cell, share in row.items()}
        for known in rows.values():
            if pivot in known:
                _eliminate(known, pivot, row)
        rows[pivot] = row
    return {pivot for pivot, row in rows.items() if len(row) == 1}


def _eliminate(row: dict[Cell, Fraction], pivot: Cell, known: Mapping[Cell, Fraction]) -> None:
    times = row[pivot]
    for cell, share in known.items():
        left = row.get(cell, Fraction(0)) - times * share
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)


class AFigure(Protocol):
    """What `outcomes.models.Figure` has, and what a frozen report keeps of one."""

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


@dataclass(frozen=True)
class Shown:
    """A figure as one kind of reader may see it. What they may not is None, and `note` says why."""

    numerator: int | None
    denominator: int | None
    known: int | None
    value: float | None
    lower: float | None
    upper: float | None
    note: str
    share_known: float | None = None  # of the denominator, those whose status is known


def exact(figure: AFigure) -> Shown:
    """A figure as it is: inside the partnership only, and logged by whoever shows it."""
    return Shown(
        figure.numerator,
        figure.denominator,
        figure.known,
        figure.value,
        figure.lower,
        figure.upper,
        figure.note,
        None if figure.known is None else _share(figure.known, figure.denominator),
    )


def controlled(figure: AFigure) -> Shown:
    """A figure as it may leave the partnership."""
    if figure.hidden:
        provisional = PROVISIONAL if PROVISIONAL in figure.note else ""
        return Shown(None, None, None, None, None, None, f"{CONFIDENTIAL} {provisional}".strip())
    part, whole = nearest(figure.numerator), nearest(figure.denominator)
    return Shown(
        part,
        whole,
        None if figure.known is None else nearest(figure.known),
        None if figure.value is None else part / whole,
        None if figure.lower is None else round(figure.lower, PLACES),
        None if figure.upper is None else round(figure.upper, PLACES),
        figure.note,
        _share_known(figure),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _share_known(figure: AFigure) -> float | None:
    """Down to a twentieth: of rounded counts it could contradict what is published at 95%."""
    if figure.known is None or not figure.denominator:
        return None
    return figure.known * TWENTIETHS // figure.denominator / TWENTIETHS
