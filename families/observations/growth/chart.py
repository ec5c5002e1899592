"""Where things go on a growth chart: plain SVG from the server, with the table beside it."""

import math
from dataclasses import dataclass
from typing import Any

from families.observations.growth.reference import TWO_YEARS, Method, lines
from families.observations.growth.series import UNITS, Growth, Measurement
from leap.core.ui.formatting import short_day

WIDTH, HEIGHT = 640, 460
LEFT, RIGHT, TOP, BOTTOM = 48, 596, 12, 412
SPANS = (1.0, 2.0, 5.0, 12.0, 20.0)  # years; the shortest that holds everything is shown
TITLES: dict[Method, str] = {"weight": "Weight", "height": "Length and height", "bmi": "BMI"}
A_MONTH = 1 / 12


@dataclass(frozen=True)
class Plane:
    """From an age and a value to a place on the picture."""

    first: float
    last: float
    least: float
    most: float

    def x(self, age: float) -> float:
        return round(LEFT + (age - self.first) / (self.last - self.first) * (RIGHT - LEFT), 1)

    def y(self, value: float) -> float:
        return round(BOTTOM - (value - self.least) / (self.most - self.least) * (BOTTOM - TOP), 1)


def chart(growth: Growth, method: Method) -> dict[str, Any] | None:
    """The chart of one measurement; None where nothing can be placed."""
    placed = [measurement for measurement in growth.of(method) if measurement.deviates is not None]
    if not placed:
        return None
    first, last = _span(method, placed)
    curves = lines(method, growth.person.sex, first, last)
    plane = _plane(first, last, curves, placed)
    step = _step(plane.most - plane.least)
    count = round((plane.most - plane.least) / step)
    values = [plane.least + step * n for n in range(count + 1)]
    # Ticks in months up to two years, in years above.
    whole = plane.last - plane.first
    months = 1 if whole <= 1.3 else 2 if whole <= 2.4 else 12 if whole <= 12 else 24
    ages = math.ceil(plane.first * 12 / months) * months
    marks = range(ages, round(plane.last * 12) + 1, months)
    unit = "months" if months < 12 else "years"
    texts = [(m * A_MONTH, str(m if unit == "months" else m // 12)) for m in marks]
    return {
        "method": method,
        "title": f"{TITLES[method]} in {UNITS[method]}",
        "curves": [_curve(plane, *curve) for curve in curves],
        "points": [_point(plane, measurement) for measurement in placed],
        "across": [{"x": plane.x(age), "text": text, "unit": unit} for age, text in texts],
        "up": [{"y": plane.y(value), "text": f"{value:g}"} for value in values],
        "words": ". ".join(_words(measurement) for measurement in placed),
        "early": any(measurement.corrected is not None for measurement in placed),
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": RIGHT,
        "top": TOP,
        "bottom": BOTTOM,
    }


def _span(method: Method, placed: list[Measurement]) -> tuple[float, float]:
    first = (
        TWO_YEARS
        if method == "bmi"
        else min(0.0, *(measurement.placed for measurement in placed), 0.0)
    )
    oldest = max(measurement.age for measurement in placed)
    last = next((span for span in SPANS if span > oldest and span > first), SPANS[-1])
    return (first - 2 * A_MONTH / 4 if first < 0 else first), last


def _plane(first: float, last: float, curves: Any, placed: list[Measurement]) -> Plane:
    values = [value for _, stretches in curves for line in stretches for _, value in line]
    values += [measurement.value for measurement in placed]
    step = _step(max(values) - min(values))
    least = math.floor(min(values) / step) * step
    return Plane(first, last, least, math.ceil(max(values) / step) * step)


def _step(range_: float) -> float:
    """Between two lines of the grid: about eight of them, at round numbers."""
    return next(step for step in (0.5, 1, 2, 5, 10, 20, 50, 100) if range_ / step <= 9)


def _curve(
    plane: Plane, centile: float, stretches: list[list[tuple[float, float]]]
) -> dict[str, Any]:
    drawn = [
        " ".join(f"{plane.x(age)},{plane.y(value)}" for age, value in line)
        for line in stretches
        if line
    ]
    age, value = [line for line in stretches if line][-1][-1]
    return {
        "centile": f"{centile:g}",
        "lines": drawn,
        "x": plane.x(age) + 5,
        "y": plane.y(value),
        "dashed": centile in (0.4, 9, 50, 91, 99.6),
    }


def _point(plane: Plane, measurement: Measurement) -> dict[str, Any]:
    since_birth = plane.x(measurement.age) if measurement.corrected is not None else None
    return {
        "x": plane.x(measurement.placed),
        "y": plane.y(measurement.value),
        "since_birth": since_birth,
        "words": _words(measurement),
    }


def _words(measurement: Measurement) -> str:
    value = f"{measurement.value:.2f}".rstrip("0").rstrip(".")
    unit = UNITS[measurement.method]
    return f"{short_day(measurement.on)}: {value} {unit}, {in_centiles(measurement)}"


def in_centiles(measurement: Measurement) -> str:
    """Where it lies, as a clinic says it: the 34th centile."""
    if measurement.centile is None:
        return "no reference"
    if measurement.centile < 0.4:
        return "below the 0.4th centile"
    if measurement.centile > 99.6:
        return "above the 99.6th centile"
    whole = (
        f"{measurement.centile:.1f}"
        if not 1 <= measurement.centile <= 99
        else f"{measurement.centile:.0f}"
    )
    return f"{whole}{_ending(whole)} centile"


def _ending(number: str) -> str:
    if number[-2:] in ("11", "12", "13"):
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th") if "." not in number else "th"
