"""How big children are at an age, around the medians of the UK-WHO charts."""

from bisect import bisect_right
from dataclasses import dataclass
from math import exp

from leap.ops.demo.seeded_random import Chance

# Age in years: median and spread of length or height (cm), median weight (kg).
_BOYS = {
    0.0: (50.9, 2.1, 3.5),
    0.115: (56.2, 2.0, 4.9),
    0.25: (61.4, 2.0, 6.4),
    0.5: (67.6, 2.1, 7.9),
    1.0: (75.7, 2.4, 9.65),
    2.0: (87.1, 3.1, 12.15),
    2.5: (91.9, 3.4, 13.3),
    4.0: (102.5, 4.1, 16.5),
    5.0: (109.6, 4.5, 18.6),
}
_GIRLS = {
    0.0: (50.0, 1.9, 3.35),
    0.115: (55.1, 2.0, 4.6),
    0.25: (59.8, 2.1, 5.85),
    0.5: (65.7, 2.3, 7.3),
    1.0: (74.0, 2.6, 8.95),
    2.0: (85.7, 3.2, 11.5),
    2.5: (90.7, 3.5, 12.7),
    4.0: (101.5, 4.0, 16.2),
    5.0: (108.9, 4.5, 18.3),
}
# BMI on the UK90 reference between four and five: power, median, coefficient of variation.
_BMI = {"male": (-1.39, 15.63, 0.0773), "female": (-1.19, 15.56, 0.09)}


@dataclass(frozen=True)
class Build:
    """A child's place on the charts, in standard deviations."""

    height: float
    weight: float
    bmi: float


def build(chance: Chance) -> Build:
    """A child as Lambeth's are: at five about 22 in 100 carry excess weight, 10 are obese."""
    height, bmi = chance.gauss(0.1, 1.0), chance.gauss(0.06, 1.17)
    weight = 0.55 * height + 0.55 * bmi + chance.gauss(0, 0.5)
    return Build(height, weight, bmi)


def size(build: Build, sex: str, age: float) -> tuple[float, float]:
    """Length or height in cm and weight in kg at `age` in years."""
    # The chart's values at an age, straight between those it gives.
    chart = _BOYS if sex == "male" else _GIRLS
    ages = list(chart)
    place = min(max(bisect_right(ages, age), 1), len(ages) - 1)
    before, after = ages[place - 1], ages[place]
    share = (age - before) / (after - before)
    height, spread, weight = tuple(
        a + (b - a) * share for a, b in zip(chart[before], chart[after], strict=True)
    )
    tall = round(height + build.height * spread, 1)
    if age < 4:
        return tall, round(weight * exp(build.weight * 0.11), 2 if age < 1 else 1)
    power, median, variation = _BMI[sex]
    bmi = median * (1 + power * variation * min(build.bmi, 2.9)) ** (1 / power)
    return tall, round(bmi * (tall / 100) ** 2, 1)


def birth_weight(chance: Chance, weeks: int, twin: bool) -> int:
    """Grams at birth, after so many completed weeks."""
    median = 3445 - max(0, 40 - weeks) * (115 if weeks >= 37 else 165) - (260 if twin else 0)
    return round(chance.near(median, 420, 560, 5100) / 10) * 10
