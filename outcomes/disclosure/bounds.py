"""Auditing what is hidden: between which bounds each hidden count lies for somebody who reads all.

What is shown gives bounds (10 is 8 to 12), and what adds up, or never comes to more than something
else, ties the counts to one another. The least and the most that a hidden count can then be are two
integer programmes. Most counts need none of their own: every solution of a programme is a possible
world, and two of these in which a count differs enough show that it has room. Programmes that allow
fractions of people are many times faster, and bounds from them are never closer together; so they
are asked for a little more room.

scipy is large, so it is loaded when called.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf
from typing import Any

from outcomes.disclosure.tables import (
    FEWEST,
    AtLeast,
    Cell,
    CellTable,
    connected_groups,
    could_be,
    round_count,
)

LEAST_ROOM = 3  # a hidden count can be any of four numbers or more
FIRST = 1000  # by how much one count is aimed at before others
FRACTIONS = 1  # by how much worlds of whole people may be closer together than others
TINY = 1e-6
ENOUGH = 1000  # nobody counts by how much more than all that is shown a hidden count could be


@dataclass(frozen=True)
class Bounds:
    """The least and the most that a count can be."""

    low: int
    high: int

    @property
    def room(self) -> int:
        return self.high - self.low


@dataclass(frozen=True)
class Claim:
    """Numbers of cells that come to between `low` and `high` when multiplied and added up."""

    terms: tuple[tuple[Cell, int], ...]
    low: float = 0
    high: float = 0

    @property
    def members(self) -> tuple[Cell, ...]:
        return tuple(cell for cell, _ in self.terms)


# What was found of cells that hang together, by those of them that are hidden.
Memory = dict[frozenset[Cell], dict[Cell, Bounds]]


def narrow(table: CellTable, hidden: Collection[Cell], memory: Memory | None = None) -> set[Cell]:
    """The hidden cells that have too little room, or hardly enough."""
    ranges = audit(table, hidden, memory)
    enough = _enough(whole=False)
    return {cell for cell, between in ranges.items() if between.room < enough}


def _enough(*, whole: bool) -> int:
    return LEAST_ROOM if whole else LEAST_ROOM + FRACTIONS


def audit(
    table: CellTable, hidden: Collection[Cell], memory: Memory | None = None, *, whole: bool = False
) -> dict[Cell, Bounds]:
    """Between which bounds every hidden cell lies, as far as needed to see that it has room enough.
    Only worlds of `whole` people prove that; a programme that allows fractions is a good guess,
    many times faster."""
    memory = {} if memory is None else memory
    ranges: dict[Cell, Bounds] = {}
    claims = list(_claims(table, hidden))
    unknown = {cell for cell in hidden if cell not in table.published_cells}
    of: dict[Cell, list[Claim]] = {}
    for claim in claims:
        for cell in claim.members:
            of.setdefault(cell, []).append(claim)
    for group in connected_groups(
        [*(claim.members for claim in claims), *((cell,) for cell in unknown)]
    ):
        wanted = frozenset(group & unknown)
        if wanted and wanted not in memory:
            mine = list({id(claim): claim for cell in group for claim in of.get(cell, ())}.values())
            programme = _Programme(table, sorted(group), mine, unknown)
            memory[wanted] = programme.bounds(sorted(wanted), whole=whole)
        ranges |= memory.get(wanted, {})
    return ranges


def _claims(table: CellTable, hidden: Collection[Cell]) -> Iterator[Claim]:
    """What a reader knows to hold. Only what does is a danger: other sums lead astray."""
    for line in table.lines:
        if table.number(line.total) == table.total(line.parts):
            yield _difference([line.total], line.parts)
    inside = (AtLeast((whole,), (cell,)) for whole, inner in table.within.items() for cell in inner)
    for comparison in (*table.comparisons, *inside):
        if table.total(comparison.more) >= table.total(comparison.less):
            yield _difference(comparison.more, comparison.less, high=inf)
    for cell, whole in table.wholes.items():
        if cell in hidden or whole in hidden:
            continue
        # Where a small complement is never shown, one that is shown is nothing or not small.
        if round_count(table.number(cell)) == round_count(table.number(whole)):
            yield _difference([whole], [cell])
        else:
            yield _difference([whole], [cell], low=FEWEST, high=inf)


def _difference(
    more: Sequence[Cell], less: Sequence[Cell], low: float = 0, high: float = 0
) -> Claim:
    terms: dict[Cell, int] = {}
    for cells, sign in ((more, 1), (less, -1)):
        for cell in cells:
            terms[cell] = terms.get(cell, 0) + sign
    return Claim(tuple(terms.items()), low, high)


class _Programme:
    """Counts that hang together, as an integer programme to be solved for one aim after another."""

    def __init__(
        self, table: CellTable, cells: list[Cell], claims: list[Claim], hidden: Collection[Cell]
    ) -> None:
        import numpy
        from scipy.optimize import Bounds as Between
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        self.cells = cells
        self.place = {cell: place for place, cell in enumerate(cells)}
        limits = [could_be(round_count(table.number(c))) for c in cells if c not in hidden]
        unknown = (0, sum(high for _, high in limits) + ENOUGH)
        ranges = [
            unknown if cell in hidden else could_be(round_count(table.number(cell)))
            for cell in cells
        ]
        self.between = Between(*numpy.array(ranges, dtype=float).T)
        rows = [(n, self.place[c], k) for n, claim in enumerate(claims) for c, k in claim.terms]
        self.constraints: Any = ()
        if rows:
            at, place, times = (list(column) for column in zip(*rows, strict=True))
            matrix = csr_array((times, (at, place)), shape=(len(claims), len(cells)))
            self.constraints = LinearConstraint(
                matrix, [claim.low for claim in claims], [claim.high for claim in claims]
            )

    def bounds(self, wanted: list[Cell], *, whole: bool) -> dict[Cell, Bounds]:
        """The bounds of these cells: the least and the most that they are in any world looked at,
        which ends as soon as each was seen to differ enough."""
        import numpy

        enough, chance = _enough(whole=whole), numpy.random.default_rng(1)
        seen: dict[Cell, Bounds] = {}
        for sign in (1, -1):
            self._look(seen, dict.fromkeys(wanted, sign), wanted, whole=whole)
        for cell in wanted:
            unsure = [other for other in wanted if seen[other].room < enough]
            if cell not in unsure:
                continue
            others = dict(zip(unsure, -chance.uniform(0, 1, len(unsure)), strict=True))
            self._look(seen, others | {cell: -FIRST}, wanted, whole=whole)
            for sign in (-1, 1):
                if seen[cell].room < enough:
                    self._look(seen, {cell: sign}, wanted, whole=whole)
        return seen

    def _look(
        self,
        seen: dict[Cell, Bounds],
        aim: Mapping[Cell, float],
        wanted: list[Cell],
        *,
        whole: bool,
    ) -> None:
        """Look at the world in which what is aimed at is least, and keep how far counts differ."""
        world = self._world(aim, whole=whole)
        for cell in wanted:
            value = float(world[self.place[cell]])
            low, high = ceil(value - TINY), floor(value + TINY)
            last = seen.get(cell, Bounds(low, high))
            seen[cell] = Bounds(min(last.low, low), max(last.high, high))

    def _world(self, aim: Mapping[Cell, float], *, whole: bool) -> Any:
        """A possible world in which what is aimed at is least."""
        import numpy
        from scipy.optimize import milp

        weights = numpy.zeros(len(self.cells))
        for cell, weight in aim.items():
            weights[self.place[cell]] = weight
        solved = milp(
            weights,
            integrality=numpy.full(len(self.cells), int(whole)),
            bounds=self.between,
            constraints=self.constraints,
        )
        if solved.x is None:
            raise ArithmeticError(f"No counts fit what is shown: {solved.message}")
        return solved.x
