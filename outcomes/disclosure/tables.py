"""Counts that are published together, and how they hang together."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

FEWEST = 8
NEAREST = 5

Cell = tuple[str, ...]  # what names a count: such as its area and its period
Numbers = tuple[int, ...]  # the count of a cell, and others that must not be small with it
Counts = Mapping[Cell, Numbers]
T = TypeVar("T", bound=Hashable)


def is_small(number: int) -> bool:
    """Whether a count is of so few that somebody might be recognised. Nobody is nobody."""
    return 0 < number < FEWEST


def round_count(number: int) -> int:
    """A count to the nearest 5."""
    return NEAREST * round(number / NEAREST)


def rounded_to_at_least(number: int) -> int:
    """The least count that is shown as this number or more."""
    return number - NEAREST // 2


def could_be(number: int) -> tuple[int, int]:
    """Between which counts one that is shown so must lie. Small ones are never shown."""
    within = NEAREST // 2
    return (max(FEWEST, number - within), number + within) if number else (0, 0)


@dataclass(frozen=True)
class SumOfCells:
    """A total and the cells that add up to it."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def members(self) -> tuple[Cell, ...]:
        return (self.total, *self.parts)


@dataclass(frozen=True)
class AtLeast:
    """Cells that never come to fewer than others do."""

    more: tuple[Cell, ...]
    less: tuple[Cell, ...]

    @property
    def members(self) -> tuple[Cell, ...]:
        return (*self.more, *self.less)


@dataclass(frozen=True)
class CellTable:
    """Counts, the sums and comparisons that a reader may know to hold between them, and what else
    decides what can be hidden.

    `within` leads from a cell to those that are hidden with it: what is counted out of it.
    `wholes` leads from a count to its whole where its complement must not be small either.
    `published_cells` are cells that an earlier report showed as they are: hiding them shields
    nothing.
    """

    counts: Counts
    lines: Sequence[SumOfCells] = ()
    comparisons: Sequence[AtLeast] = ()
    within: Mapping[Cell, tuple[Cell, ...]] = field(default_factory=dict)
    wholes: Mapping[Cell, Cell] = field(default_factory=dict)
    published_cells: Collection[Cell] = ()

    def number(self, cell: Cell) -> int:
        return self.counts[cell][0]

    def total(self, cells: Iterable[Cell]) -> int:
        return sum(map(self.number, cells))


def connected_groups(groups: Iterable[Sequence[T]]) -> Iterator[set[T]]:
    """What hangs together when the members of each group do."""
    above: dict[T, T] = {}

    def top(one: T) -> T:
        while above.setdefault(one, one) != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for first, *others in groups:
        for other in others:
            above[top(other)] = top(first)
        top(first)
    components: dict[T, set[T]] = {}
    for one in list(above):
        components.setdefault(top(one), set()).add(one)
    yield from components.values()
