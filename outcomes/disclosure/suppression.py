"""Choosing what to hide: the small, and what would give a small one away.

First as if a reader knew every count that is shown before it was rounded: no sum may leave a lone
hidden count, nor hidden ones that come to a small number, nor may several sums together determine
one. Then as a reader really stands, with rounded counts but also with what is known to be no more
than something else: no hidden count may be pinned down between bounds that are too narrow.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from leap.core.reference_data.models import LEAP, LEAP_WARDS
from outcomes import periods
from outcomes.disclosure import bounds
from outcomes.disclosure.tables import (
    Cell,
    CellTable,
    Counts,
    Numbers,
    SumOfCells,
    connected_groups,
    is_small,
)

MOST_ROUNDS = 50  # of widening bounds; a few are enough, and each hides more


def suppressed_cells(
    counts: Counts, as_at: date, published_cells: Collection[Cell] = ()
) -> set[Cell]:
    """What must be hidden of counts by area and period: the small, and those that shield them.

    Hiding what an earlier report has told (`published_cells`), unchanged since, shields nothing.
    """
    return suppressed_cells_in(counts, list(sums(counts, as_at)), published_cells)


def suppressed_cells_in(
    counts: Counts, lines: Collection[SumOfCells], published_cells: Collection[Cell] = ()
) -> set[Cell]:
    """The same for counts that add up in these lines and no others."""
    return protect(CellTable(counts, tuple(lines), published_cells=published_cells))


def protect(table: CellTable) -> set[Cell]:
    """The cells of a table that must be hidden."""
    shield = _Shield(table)
    shield.settle(table.lines)
    shield.undetermined()
    memory: bounds.Memory = {}
    for _ in range(MOST_ROUNDS):
        narrow = bounds.narrow(table, shield.cells, memory)
        if not narrow or not shield.widen_bounds(narrow):
            break
        shield.undetermined()
    return shield.cells


def sums(counts: Collection[Cell], as_at: date) -> Iterator[SumOfCells]:
    """Every sum over wards or periods that a reader could do with cells of (area, period)."""
    for area, code in counts:
        if area == LEAP:
            yield SumOfCells((area, code), tuple((ward, code) for ward in LEAP_WARDS))
        parts = [p for p in periods.parse(code).parts if p.starts_on <= as_at]
        if parts and all((area, part.code) in counts for part in parts):
            yield SumOfCells((area, code), tuple((area, part.code) for part in parts))


class _Shield:
    """The cells that are hidden so far, grown until no line gives one away."""

    def __init__(self, table: CellTable) -> None:
        self.table = table
        self.counts = table.counts
        self.outer: dict[Cell, list[Cell]] = {}
        for whole, inner in table.within.items():
            for cell in inner:
                self.outer.setdefault(cell, []).append(whole)
        self.lines_of: dict[Cell, list[SumOfCells]] = {}
        for line in table.lines:
            for cell in line.members:
                self.lines_of.setdefault(cell, []).append(line)
        self.cells: set[Cell] = set()
        for cell, numbers in table.counts.items():
            if any(map(is_small, numbers)):
                self._hide(cell)

    def _hide(self, cell: Cell) -> list[SumOfCells]:
        """Hide a cell with those counted out of it, if there are any; the lines that this changes.

        Nobody stays nobody, out of however many: hidden, it would follow from other noughts."""
        self.cells.add(cell)
        inner = [
            part
            for part in self.table.within.get(cell, ())
            if part not in self.cells and self.table.number(part)
        ]
        changed = [line for part in inner for line in self._hide(part)]
        return [*self.lines_of.get(cell, ()), *changed]

    def settle(self, lines: Iterable[SumOfCells]) -> None:
        """Hide what these lines need hidden, and what others need because of that."""
        waiting = deque(lines)
        while waiting:
            line = waiting.popleft()
            if self._gives_away(line):
                waiting.extend(self._hide_one_more(line))

    def undetermined(self) -> None:
        """Give cells that several lines together determine more company, until none is."""
        groups = list(connected_groups([line.members for line in self.table.lines]))
        for group in groups:
            lines = [line for line in self.table.lines if line.total in group]
            while opened := list(self._widen(determined_cells(lines, self.cells))):
                self.settle(opened)

    def _widen(self, known: Iterable[Cell]) -> Iterator[SumOfCells]:
        for cell in sorted(known):
            for line in self.lines_of[cell]:
                if opened := self._hide_one_more(line):
                    yield from opened
                    break

    def widen_bounds(self, narrow: Iterable[Cell]) -> bool:
        """Hide more of what leaves these cells too little room; whether there was anything left."""
        before = len(self.cells)
        for cell in sorted(narrow):
            lines = self.lines_of.get(cell, ())
            opened = [changed for line in lines for changed in self._hide_one_more(line)]
            self.settle(opened or self._hide_compared(cell))
        return len(self.cells) > before

    def _hide_compared(self, cell: Cell) -> list[SumOfCells]:
        """Hide a count that this one is compared with: the smallest, or at last its whole."""
        beside = {
            other
            for comparison in self.table.comparisons
            if cell in comparison.members
            for other in comparison.members
            if self._can_be_hidden(other)
        }
        inner = [other for other in beside if other not in self.table.within]
        chosen = min(inner or beside, key=lambda other: (self.counts[other], other), default=None)
        return self._hide(chosen) if chosen else []

    def _can_be_hidden(self, cell: Cell) -> bool:
        """Whether hiding a cell is of use: not if it was told, or is out of nobody in sight."""
        if cell in self.cells or cell in self.table.published_cells:
            return False
        outer = self.outer.get(cell, ())
        return not any(whole not in self.cells and not self.table.number(whole) for whole in outer)

    def _gives_away(self, line: SumOfCells) -> bool:
        """Whether a line leaves a lone hidden cell, or hidden ones that come to a small number."""
        inside = [part for part in line.parts if part in self.cells]
        if line.total in self.cells:
            return not inside
        together = map(sum, zip(*(self.counts[part] for part in inside), strict=True))
        return len(inside) == 1 or any(map(is_small, together))

    def _hide_one_more(self, line: SumOfCells) -> list[SumOfCells]:
        """Hide the next smallest part, or the total when no part is left; the lines it is in.

        Rather one with somebody in it, and rather one whose other lines hide something already:
        then hiding it leads to less hiding elsewhere. None can be if all that is left was told.
        """
        free = [cell for cell in line.members if self._can_be_hidden(cell)]
        if not free:
            return []
        parts = [cell for cell in free if cell != line.total]
        return self._hide(min(parts, key=self._loss, default=line.total))

    def _loss(self, cell: Cell) -> tuple[bool, int, Numbers]:
        opened = sum(self.cells.isdisjoint(line.members) for line in self.lines_of[cell])
        return not any(self.counts[cell]), opened, self.counts[cell]


def determined_cells(lines: Collection[SumOfCells], cells: Collection[Cell]) -> set[Cell]:
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
