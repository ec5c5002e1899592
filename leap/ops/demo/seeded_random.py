"""Chance that repeats itself: the same seed gives the same Lambeth."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from leap.core.ids import ALPHABET

T = TypeVar("T")


class Chance(Random):
    """A seeded source of chance with the few draws the demonstration needs."""

    def happens(self, share: float) -> bool:
        """True for about `share` (0 to 1) of the calls."""
        return self.random() < share

    def pick(self, weights: dict[T, float]) -> T:
        """One key, as often as its weight says; the weights need not add up to anything."""
        return self.choices(list(weights), list(weights.values()))[0]

    def near(self, mean: float, spread: float, least: float, most: float) -> float:
        """A normal draw kept within bounds."""
        return min(most, max(least, self.gauss(mean, spread)))

    def some(self, these: Sequence[T], count: int) -> list[T]:
        """Up to `count` different ones of `these`."""
        return self.sample(these, min(count, len(these)))

    def letters(self, length: int) -> str:
        """Letters and digits as references have them."""
        bits = self.getrandbits(5 * length)
        return "".join(ALPHABET[bits >> 5 * place & 31] for place in range(length))

    def uuid(self) -> int:
        """128 random bits."""
        return self.getrandbits(128)


def chance_for(seed: int, *what: object) -> Chance:
    """A stream of its own for one purpose, so that drawing more for one leaves the others alone."""
    return Chance(f"{seed}/{'/'.join(str(part) for part in what)}")
