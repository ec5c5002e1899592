"""Where things go in our charts: plain SVG from the server. The table beside it is the caller's."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from leap.core.ui.formatting import number, percent

WIDTH = 640
LABELS = 150  # room for names on the left
FIGURES = 70  # room for the value on the right
ROW = 40
TOP = 12
AXIS = 34
TREND_HEIGHT = 240
TREND_LEFT = 56
TREND_RIGHT = 36  # half a period's name


@dataclass(frozen=True)
class Scale:
    """From values to places along one side of a chart."""

    top: float
    start: float
    end: float
    kind: str

    def at(self, value: float) -> float:
        share = min(max(value / self.top, 0.0), 1.0) if self.top else 0.0
        return round(self.start + share * (self.end - self.start), 1)

    def text(self, value: float) -> str:
        if self.kind == "percent":
            return percent(value, 0 if self.top > 0.1 else 1)
        return number(round(value, 1) if value % 1 else int(value))

    def ticks(self) -> list[dict[str, Any]]:
        values = [self.top * step / 4 for step in range(5)]
        return [{"at": self.at(value), "text": self.text(value)} for value in values]


def nice_top(highest: float, kind: str) -> float:
    """The end of an axis: the next round number that four steps divide well."""
    if highest <= 0:
        return 1
    if kind == "percent" and highest > 0.8:
        return 1
    size: float = 10.0 ** math.floor(math.log10(highest))
    steps = (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8)
    return next((step * size for step in steps if step * size >= highest), 10 * size)


def _rows(rows: Iterable[Any]) -> list[dict[str, Any]]:
    names = ("label", "value", "lower", "upper", "note")
    return [
        {
            name: row.get(name) if isinstance(row, Mapping) else getattr(row, name, None)
            for name in names
        }
        for row in rows
    ]


def _top(
    rows: list[dict[str, Any]], reference: float | None, kind: str, highest: float | None
) -> float:
    values = [row[name] for row in rows for name in ("value", "upper") if row[name] is not None]
    return highest or nice_top(max([float(v) for v in values] + [reference or 0]), kind)


def _sentence(row: dict[str, Any], kind: str) -> str:
    if row["value"] is None:
        return f"{row['label']}: {row['note'] or 'no value'}"
    words = percent if kind == "percent" else number
    interval = ""
    if row["lower"] is not None and row["upper"] is not None:
        interval = f" (from {words(row['lower'])} to {words(row['upper'])})"
    return f"{row['label']}: {words(row['value'])}{interval}"


def interval_chart(
    rows: Iterable[Any],
    *,
    kind: str = "percent",
    reference: float | None = None,
    highest: float | None = None,
) -> dict[str, Any]:
    """Where to draw a dot and its interval for each row. With `percent`, values are 0 to 1."""
    listed = _rows(rows)
    scale = Scale(_top(listed, reference, kind, highest), LABELS, WIDTH - FIGURES, kind)
    for place, row in enumerate(listed):
        row["y"] = TOP + place * ROW + ROW / 2
        row["words"] = _sentence(row, kind)
        if row["value"] is None:
            row["text"] = row["note"] or "no value"
            continue
        row["x"] = scale.at(float(row["value"]))
        row["text"] = (percent if kind == "percent" else number)(row["value"])
        if row["lower"] is not None and row["upper"] is not None:
            row["from"], row["to"] = scale.at(float(row["lower"])), scale.at(float(row["upper"]))
    return {
        "rows": listed,
        "ticks": scale.ticks(),
        "width": WIDTH,
        "left": LABELS,
        "right": WIDTH - FIGURES,
        "height": TOP + len(listed) * ROW + AXIS,
        "top": TOP,
        "bottom": TOP + len(listed) * ROW,
        "reference": None if reference is None else scale.at(reference),
        "words": ". ".join(row["words"] for row in listed),
    }


def trend_chart(
    points: Iterable[Any],
    *,
    kind: str = "percent",
    reference: float | None = None,
    highest: float | None = None,
) -> dict[str, Any]:
    """Where to draw a line through periods, with its band. A missing value breaks the line."""
    listed = _rows(points)
    bottom, right = TREND_HEIGHT - AXIS, WIDTH - TREND_RIGHT
    scale = Scale(_top(listed, reference, kind, highest), bottom, TOP, kind)
    step = (right - TREND_LEFT) / max(len(listed) - 1, 1)
    for place, point in enumerate(listed):
        point["x"] = round(TREND_LEFT + place * step, 1)
        point["words"] = _sentence(point, kind)
        point["named"] = place % max(1, math.ceil(len(listed) / 8)) == 0
        if point["value"] is not None:
            point["y"] = scale.at(float(point["value"]))
    return {
        "points": listed,
        "runs": [_run(run, scale) for run in _unbroken(listed)],
        "ticks": scale.ticks(),
        "width": WIDTH,
        "height": TREND_HEIGHT,
        "left": TREND_LEFT,
        "right": right,
        "bottom": bottom,
        "reference": None if reference is None else scale.at(reference),
        "words": ". ".join(point["words"] for point in listed),
    }


def _unbroken(points: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    runs: list[list[dict[str, Any]]] = [[]]
    for point in points:
        if point["value"] is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _run(run: list[dict[str, Any]], scale: Scale) -> dict[str, str]:
    line = " ".join(f"{point['x']},{point['y']}" for point in run)
    banded = [p for p in run if p["lower"] is not None and p["upper"] is not None]
    over = [f"{p['x']},{scale.at(float(p['upper']))}" for p in banded]
    under = [f"{p['x']},{scale.at(float(p['lower']))}" for p in reversed(banded)]
    return {"line": line, "band": " ".join(over + under) if len(banded) > 1 else ""}
