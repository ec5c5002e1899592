"""The table that `manage.py bench` prints."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leap.ops.benchmarks.timing import Ratio, TimedResult


@dataclass(frozen=True)
class BenchmarkRow:
    """One thing measured, what it is a multiple of, and what it must reach."""

    what: str
    seconds: TimedResult
    of: str
    ratio: Ratio | None = None
    goal: str = ""

    def cells(self) -> tuple[str, ...]:
        taken = f"{self.seconds.middle * 1000:,.1f} ms"
        return (self.what, taken, str(self.ratio or ""), self.of, self.goal)


HEADER = ("work", "median", "ratio (lowest-highest)", "of", "goal")


def lines(rows: Iterable[BenchmarkRow]) -> list[str]:
    """The rows as a Markdown table."""
    return aligned([HEADER, *(row.cells() for row in rows)])


def aligned(cells: Sequence[tuple[str, ...]]) -> list[str]:
    """A Markdown table of these rows, the first its heading."""
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    drawn = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
        for row in cells
    ]
    return [drawn[0], "|" + "|".join("-" * (w + 2) for w in widths) + "|", *drawn[1:]]
