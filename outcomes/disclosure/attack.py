"""Trying to work back what is hidden of everything that is published, as a stranger would."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from outcomes import disclosure
from outcomes.disclosure import bounds
from outcomes.disclosure.bounds import LEAST_ROOM
from outcomes.disclosure.prior_reports import cells_reported
from outcomes.models import Figure


@dataclass(frozen=True)
class Audit:
    """What a mixed-integer programme makes of the counts of indicators that hang together."""

    indicators: tuple[str, ...]
    cells: int
    rooms: tuple[int, ...]  # of every hidden count: the most it can be, less the least

    @property
    def hidden(self) -> int:
        return len(self.rooms)

    @property
    def recovered(self) -> int:
        """How many hidden counts can be only one number."""
        return self.rooms.count(0)

    @property
    def narrow(self) -> int:
        """How many lie between bounds that are too narrow."""
        return sum(room < LEAST_ROOM for room in self.rooms)

    @property
    def narrowest(self) -> int | None:
        return min(self.rooms, default=None)


def audit_all() -> Iterator[Audit]:
    """Everything that is published, a group of indicators at a time."""
    figures = Figure.objects.published().select_related("night")
    codes = set(figures.values_list("indicator", flat=True))
    for group in disclosure.groups(codes):
        yield audit(list(figures.filter(indicator__in=group)))


def audit(figures: Collection[Figure]) -> Audit:
    """One group of figures, by what a reader is shown of each."""
    as_at = max(figure.night.as_at for figure in figures)
    table = disclosure.table_of(figures, as_at, cells_reported(figures))
    ranges = bounds.audit(table, not_shown(figures), whole=True)
    return Audit(
        indicators=tuple(sorted({figure.indicator for figure in figures})),
        cells=len(table.counts),
        rooms=tuple(between.room for between in ranges.values()),
    )


def not_shown(figures: Collection[Figure]) -> set[disclosure.Cell]:
    """The counts that are not in what readers are given of any of these figures."""
    published = disclosure.tabulate(figures)
    published_cells: set[disclosure.Cell] = set()
    for figure in figures:
        cells, controlled = (
            published.cells[disclosure.name_of(figure)],
            disclosure.controlled(figure),
        )
        for cell, number in (
            (cells.numerator, controlled.numerator),
            (cells.denominator, controlled.denominator),
            (cells.known, controlled.known),
        ):
            if cell and number is not None:
                published_cells.add(cell)
    return published.counts.keys() - published_cells
