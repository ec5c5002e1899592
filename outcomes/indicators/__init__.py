"""Every indicator, each family of them in a file of its own."""

from outcomes.indicators import (
    births,
    development,
    feeding,
    growth,
    handoffs,
    mothers,
    reach,
    reviews,
)
from outcomes.indicators.declared import Indicator, Population

# In the order they are shown, by theme.
THEMES: dict[str, tuple[Indicator, ...]] = {
    "Health visitor reviews": reviews.INDICATORS,
    "Feeding": feeding.INDICATORS,
    "Pregnancy and birth": births.INDICATORS,
    "Weight before school": growth.INDICATORS,
    "Development": development.INDICATORS,
    "Asking mothers": mothers.INDICATORS,
    "Reach": reach.INDICATORS,
    "Handing over": handoffs.INDICATORS,
}
INDICATORS: dict[str, Indicator] = {
    indicator.code: indicator for family in THEMES.values() for indicator in family
}

__all__ = ["INDICATORS", "THEMES", "Indicator", "Population"]
