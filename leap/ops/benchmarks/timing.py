"""Timing that survives a noisy machine: the things compared take turns, and ratios are quoted."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Work = Callable[[], object]


@dataclass(frozen=True)
class TimedResult:
    """The seconds each turn took."""

    seconds: list[float]

    @property
    def middle(self) -> float:
        return median(self.seconds)

    def against(self, base: "TimedResult") -> "Ratio":
        """Round by round, so that a slow minute of the machine weighs on both."""
        return Ratio(
            [mine / theirs for mine, theirs in zip(self.seconds, base.seconds, strict=True)]
        )


@dataclass(frozen=True)
class Ratio:
    """How many times as long as what it is compared with: the median, and its spread as noise."""

    rounds: list[float]

    @property
    def middle(self) -> float:
        return median(self.rounds)

    def __str__(self) -> str:
        return f"{self.middle:.2f} ({min(self.rounds):.2f}-{max(self.rounds):.2f})"


def take_turns(works: dict[str, Work], *, rounds: int, repeats: int = 1) -> dict[str, TimedResult]:
    """Run every work `repeats` times in turn, A B A B, for `rounds` rounds, after one to warm up.

    A round's time is the median of its `repeats` runs, in seconds.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            seconds = median(_time(work) for _ in range(repeats))
            if number:
                taken[name].append(seconds)
    return {name: TimedResult(seconds) for name, seconds in taken.items()}


def _time(work: Work) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
