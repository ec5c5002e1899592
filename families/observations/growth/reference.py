"""The UK-WHO growth reference: centiles of a measurement, and the lines of a chart.

The tables are those of the Royal College of Paediatrics and Child Health, read from the files of
its library `rcpchgrowth`. Loading the library itself takes seconds, which no page has: what it
computes from the tables is a few lines, and a test holds ours equal to it at every age.
"""

import json
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from statistics import NormalDist
from typing import Any, Literal

Method = Literal["weight", "height", "bmi"]

CENTILES = (0.4, 2.0, 9.0, 25.0, 50.0, 75.0, 91.0, 98.0, 99.6)
DAYS_IN_A_YEAR = 365.25
TERM = 280  # days of pregnancy; ages before it are below nought
# Each table with the age in years from which it counts, and what is measured differently from
# there. BMI is read from two years on, as clinics do.
TWO_WEEKS, TWO_YEARS, FOUR_YEARS, TWENTY_YEARS = 14 / DAYS_IN_A_YEAR, 2.0, 4.0, 20.0
TABLES = (
    (-0.3264, "uk90_preterm.json"),
    (TWO_WEEKS, "who/who_infants.json"),
    (TWO_YEARS, "who/who_children.json"),
    (FOUR_YEARS, "uk90_child.json"),
)
_normal = NormalDist()


@dataclass(frozen=True)
class Lms:
    """Skewness, median and variation of a measurement at one age."""

    skew: float
    median: float
    variation: float

    def deviates(self, value: float) -> float:
        """By how many standard deviations a value lies above the median (SDS)."""
        return float(((value / self.median) ** self.skew - 1) / (self.skew * self.variation))

    def value(self, deviates: float) -> float:
        """The value that lies so many standard deviations above the median."""
        return float(self.median * (1 + self.skew * self.variation * deviates) ** (1 / self.skew))


@dataclass(frozen=True)
class GrowthTable:
    """One reference for a sex and a measurement: ages in years, rising, with their LMS."""

    ages: tuple[float, ...]
    rows: tuple[Lms, ...]

    def at(self, age: float) -> Lms:
        """As of this age, between two rows by the curve through the four around it."""
        place = bisect_left(self.ages, round(age, 4) - 0.00005)
        if place >= len(self.ages):
            return self.rows[-1]
        if round(self.ages[place], 4) == round(age, 4) or place == 0:
            return self.rows[place]
        inner = 2 <= place < len(self.ages) - 1
        around = range(place - 2, place + 2) if inner else range(place - 1, place + 1)
        return Lms(
            *(
                _through([(self.ages[i], getattr(self.rows[i], name)) for i in around], age)
                for name in ("skew", "median", "variation")
            )
        )


def _through(points: list[tuple[float, float]], at: float) -> float:
    """Lagrange's polynomial through these points."""
    total = 0.0
    for i, (x, y) in enumerate(points):
        share = y
        for j, (other, _) in enumerate(points):
            if i != j:
                share *= (at - other) / (x - other)
        total += share
    return total


def lms(method: Method, sex: str, age: float) -> Lms | None:
    """The reference at an age in years (below nought before term); None where there is none.

    There is none for a sex that is not known.
    """
    if sex not in ("female", "male") or not TABLES[0][0] < age <= TWENTY_YEARS:
        return None
    name = [table for begins, table in TABLES if age >= begins][-1]
    table = _table(name, method, sex)
    return table.at(age) if table.ages and age >= table.ages[0] - 0.002 else None


def centile(deviates: float) -> float:
    """The share of children below, of a hundred."""
    return 100 * _normal.cdf(deviates)


def z_score_of_centile(centile: float) -> float:
    """What a centile is in standard deviations."""
    return _normal.inv_cdf(centile / 100)


def lines(
    method: Method, sex: str, first: float, last: float
) -> list[tuple[float, list[list[tuple[float, float]]]]]:
    """For each centile its points between two ages, in stretches: a line breaks where the
    reference does, when babies are measured lying down and then standing up."""
    ends = [*(begins for begins, _ in TABLES[1:]), TWENTY_YEARS]
    between = [
        (max(first, begins), min(last, end - 0.0001))
        for (begins, _), end in zip(TABLES, ends, strict=True)
    ]
    stretches = [_ages(begins, end, last - first) for begins, end in between if begins < end]
    return [
        (
            centile,
            [_line(method, sex, ages, z_score_of_centile(centile)) for ages in stretches if ages],
        )
        for centile in CENTILES
    ]


def _ages(first: float, last: float, whole: float) -> list[float]:
    """Enough places for a smooth line: about ninety over the whole chart."""
    steps = max(2, round(90 * (last - first) / whole))
    return [first + (last - first) * step / steps for step in range(steps + 1)]


def _line(
    method: Method, sex: str, ages: list[float], deviates: float
) -> list[tuple[float, float]]:
    known = [(age, lms(method, sex, age)) for age in ages]
    return [(age, at.value(deviates)) for age, at in known if at]


@cache
def _table(name: str, method: Method, sex: str) -> GrowthTable:
    rows = [row for row in _file(name)["measurement"][method][sex] if row["M"]]
    return GrowthTable(
        tuple(row["decimal_age"] for row in rows),
        tuple(Lms(row["L"], row["M"], row["S"]) for row in rows),
    )


@cache
def _file(name: str) -> Any:
    library = find_spec("rcpchgrowth")  # finds it without loading it
    if library is None or not library.submodule_search_locations:
        raise LookupError("rcpchgrowth, with the growth reference, is not installed.")
    path = Path(library.submodule_search_locations[0], "data_tables", name)
    return json.loads(path.read_text(encoding="utf-8"))
