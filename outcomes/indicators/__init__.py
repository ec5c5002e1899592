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
from outcomes.indicators.registry import Comparison, Indicator, Population

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
# Whom each indicator is out of, by the code of the first indicator that is out of the same.
_FIRST: dict[tuple[object, ...], str] = {}
COHORTS: dict[str, str] = {
    code: _FIRST.setdefault(indicator.out_of, code) for code, indicator in INDICATORS.items()
}
COMPARISONS: tuple[Comparison, ...] = (
    *reviews.COMPARISONS,
    *growth.COMPARISONS,
    *development.COMPARISONS,
    *reach.COMPARISONS,
)

__all__ = [
    "COHORTS",
    "COMPARISONS",
    "INDICATORS",
    "THEMES",
    "Comparison",
    "Indicator",
    "Population",
]
