"""The arithmetic of shares, counts, rates and trends. Pure: numbers in, numbers out.

The methods are those English public health statistics use, so that our figures can stand beside
theirs: Wilson for shares, Byar for counts with the exact Poisson limits below ten, Dobson for
directly standardised rates, Student's t for means. A missing number gives a missing answer; an
impossible one (a part above its whole) is an error. scipy is large, so it is loaded when called.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, mean, stdev

CONFIDENCE = 0.95
FEWEST_FOR_BYAR = 10
FEWEST_FOR_A_STANDARDISED_RATE = 10
TREND_POINTS = 5
TREND_THRESHOLD = 9.54953570608324  # chi-squared, one degree of freedom, two-sided 99.8%
WIDTH_OF_95 = 3.92  # an interval's width in standard errors, as published with the trend method

# The European Standard Population of 2013, by five-year age groups to 90 and over.
EUROPEAN_STANDARD_POPULATION = (
    *(5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000),
    *(7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000),
)


@dataclass(frozen=True)
class Estimate:
    """A value between its confidence limits, all in the same unit."""

    value: float
    lower: float
    upper: float


def z(confidence: float) -> float:
    """How many standard errors a two-sided interval reaches: 1.96 for 0.95."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(
    part: float | None, whole: float | None, confidence: float = CONFIDENCE
) -> Estimate | None:
    """A share from 0 to 1 with Wilson's limits."""
    if part is None or whole is None:
        return None
    if whole <= 0 or part < 0 or part > whole:
        raise ValueError(f"{part} of {whole} is not a share.")
    squared = z(confidence) ** 2
    middle = 2 * part + squared
    reach = math.sqrt(squared * (squared + 4 * part * (1 - part / whole)))
    size = 2 * (whole + squared)
    lower, upper = (middle - reach) / size, (middle + reach) / size
    return Estimate(part / whole, max(lower, 0.0), min(upper, 1.0))


def clustered_wilson(
    part: float | None, whole: float | None, confidence: float = CONFIDENCE
) -> Estimate | None:
    """Wilson for children counted by what befalls their families.

    Siblings are not independent, so both numbers are halved before the limits are found.
    """
    if part is None or whole is None:
        return None
    return wilson(part / 2, whole / 2, confidence)


def byar_interval(count: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Byar's limits of a count."""
    reach = z(confidence) / 3
    above = count + 1
    lower = count * (1 - 1 / (9 * count) - reach / math.sqrt(count)) ** 3 if count else 0.0
    upper = above * (1 - 1 / (9 * above) + reach / math.sqrt(above)) ** 3
    return max(lower, 0.0), upper


def exact_poisson(count: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The exact limits of a count."""
    from scipy.stats import chi2

    tail = (1 - confidence) / 2
    lower = chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    return float(lower), float(chi2.ppf(1 - tail, 2 * count + 2) / 2)


def count_limits(count: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The limits of a count: exact below ten, Byar's from there."""
    return (exact_poisson if count < FEWEST_FOR_BYAR else byar_interval)(count, confidence)


def rate(
    count: float | None, population: float | None, per: float, confidence: float = CONFIDENCE
) -> Estimate | None:
    """A crude rate for every `per` people. A count may exceed its population."""
    if count is None or population is None:
        return None
    if count < 0 or population <= 0:
        raise ValueError(f"{count} in {population} is not a rate.")
    lower, upper = count_limits(count, confidence)
    share = per / population
    return Estimate(count * share, lower * share, upper * share)


def standardised_rate(
    groups: Sequence[tuple[float, float]],
    per: float,
    confidence: float = CONFIDENCE,
    weights: Sequence[float] = EUROPEAN_STANDARD_POPULATION,
) -> Estimate | None:
    """A directly standardised rate with Dobson's limits; none when fewer than ten are counted.

    `groups` are (count, population) by age group, in the order of `weights`.
    """
    if len(groups) != len(weights):
        raise ValueError(f"There are {len(weights)} age groups, not {len(groups)}.")
    counted = sum(count for count, _ in groups)
    if counted < FEWEST_FOR_A_STANDARDISED_RATE:
        return None
    whole = sum(weights)
    together = list(zip(weights, groups, strict=True))
    value = sum(w * x / n for w, (x, n) in together) / whole
    variance = sum(w * w * x / (n * n) for w, (x, n) in together) / whole**2
    scale = math.sqrt(variance / counted)
    lower, upper = byar_interval(counted, confidence)
    low, high = value + scale * (lower - counted), value + scale * (upper - counted)
    return Estimate(value * per, low * per, high * per)


def mean_estimate(values: Sequence[float], confidence: float = CONFIDENCE) -> Estimate | None:
    """A mean with Student's limits; none for fewer than two values."""
    if len(values) < 2:
        return None
    from scipy.stats import t

    middle = mean(values)
    reach = float(t.ppf((1 + confidence) / 2, len(values) - 1)) * stdev(values)
    reach /= math.sqrt(len(values))
    return Estimate(middle, middle - reach, middle + reach)


def compare(estimate: Estimate, benchmark: float) -> str:
    """`lower`, `similar` or `higher` than a benchmark; an interval that touches it is similar."""
    if estimate.upper < benchmark:
        return "lower"
    return "higher" if estimate.lower > benchmark else "similar"


def judge(comparison: str, better: str | None) -> str:
    """`better` or `worse`, or the comparison itself where no direction is better."""
    if comparison == "similar" or better is None:
        return comparison
    return "better" if comparison == better else "worse"


@dataclass(frozen=True)
class Trend:
    """The weighted slope of the last five points, and whether it can be told from none."""

    slope: float
    chi_squared: float
    direction: str  # increasing, decreasing, or no significant change


def trend(points: Sequence[Estimate]) -> Trend | None:
    """The trend of the last five of `points`, in order of time; none for fewer.

    A slope counts when its chi-squared passes the threshold and leaving out any one point does not
    turn it round.
    """
    if len(points) < TREND_POINTS:
        return None
    last = points[-TREND_POINTS:]
    if any(point.upper <= point.lower for point in last):
        return None
    line = [
        (place, p.value, (WIDTH_OF_95 / (p.upper - p.lower)) ** 2) for place, p in enumerate(last)
    ]
    slope, spread = _slope(line)
    chi_squared = slope**2 * spread
    steady = all(_slope([*line[:i], *line[i + 1 :]])[0] * slope > 0 for i in range(TREND_POINTS))
    if not steady or chi_squared <= TREND_THRESHOLD:
        return Trend(slope, chi_squared, "no significant change")
    return Trend(slope, chi_squared, "increasing" if slope > 0 else "decreasing")


def _slope(line: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """The weighted least-squares slope of (place, value, weight), and one over its variance."""
    weight = sum(w for _, _, w in line)
    across = sum(w * x for x, _, w in line) / weight
    up = sum(w * y for _, y, w in line) / weight
    spread = sum(w * (x - across) ** 2 for x, _, w in line)
    return sum(w * (x - across) * (y - up) for x, y, w in line) / spread, spread
