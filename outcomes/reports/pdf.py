"""The report to read and to print: a tagged, accessible PDF (PDF/UA-1) on A4, set by Typst."""

import json
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

from leap.charts import nice_top
from outcomes.models import Report
from outcomes.reports import content as contents
from outcomes.reports.shape import Content, Indicator
from outcomes.reports.wording import PROGRAMME

TEMPLATE = Path(__file__).with_name("report.typ")


def write(report: Report) -> bytes:
    """The file. Its date is that of the report, and its fonts are Typst's own wherever it is made,
    so that the same report gives the same bytes."""
    return cast(bytes, typst.compile(TEMPLATE.read_bytes(), **_inputs(report)))


def _inputs(report: Report) -> dict[str, Any]:
    return {
        "font_paths": _fonts(),
        "sys_inputs": {"report": json.dumps(_given(report), sort_keys=True)},
        "pdf_standards": ["ua-1"],
        "timestamp": report.issued_at.astimezone(UTC).replace(microsecond=0),
    }


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _given(report: Report) -> dict[str, Any]:
    """What the template reads: the content, and what it cannot know."""
    frozen = contents.of(report)
    return {
        **frozen,
        "programme": PROGRAMME,
        "fingerprint": contents.fingerprint(report),
        "tops": {each["code"]: _top(each) for each in frozen["indicators"]},
        "themes": _themes(frozen),
    }


def _top(indicator: Indicator) -> float:
    """The share at which the indicator's small charts end."""
    ends = [figure["upper"] or figure["value"] or 0 for figure in indicator["figures"]]
    return min(1.0, nice_top(max(ends, default=0), "percent"))


def _themes(frozen: Content) -> list[str]:
    return list(dict.fromkeys(each["theme"] for each in frozen["indicators"]))
