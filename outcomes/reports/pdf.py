"""The report to read and to print: a tagged, accessible PDF (PDF/UA-1) on A4, set by Typst."""

from pathlib import Path
from typing import Any

from leap.core.typesetting import typeset
from leap.core.ui.charts import nice_top
from outcomes.models import Report
from outcomes.reports import payload as contents
from outcomes.reports.schema import ReportIndicator
from outcomes.reports.wording import PROGRAMME

TEMPLATE = Path(__file__).with_name("report.typ")


def write(report: Report) -> bytes:
    """The file. Its date is that of the report, so that the same report gives the same bytes."""
    return typeset(TEMPLATE, "report", _given(report), report.issued_at)


def _given(report: Report) -> dict[str, Any]:
    """What the template reads: the content, and what it cannot know."""
    frozen = contents.content_of(report)
    return {
        **frozen,
        "programme": PROGRAMME,
        "fingerprint": contents.fingerprint(report),
        "tops": {indicator["code"]: _top(indicator) for indicator in frozen["indicators"]},
        "themes": list(dict.fromkeys(indicator["theme"] for indicator in frozen["indicators"])),
    }


def _top(indicator: ReportIndicator) -> float:
    """The share at which the indicator's small charts end."""
    ends = [figure["upper"] or figure["value"] or 0 for figure in indicator["figures"]]
    return min(1.0, nice_top(max(ends, default=0), "percent"))
