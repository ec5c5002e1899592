"""A report as its page shows it: the same content, with every number in words."""

from collections.abc import Iterator
from typing import Any

from outcomes.disclosure import NOT_AVAILABLE
from outcomes.reports.schema import Content, ReportFigure, ReportIndicator
from outcomes.reports.wording import count_text, note_of_known, number_text, range_text, share_text


def themes(content: Content) -> Iterator[dict[str, Any]]:
    """Each theme with its indicators, each with rows for its table and its chart."""
    titles = dict.fromkeys(indicator["theme"] for indicator in content["indicators"])
    for title in titles:
        mine = [indicator for indicator in content["indicators"] if indicator["theme"] == title]
        yield {"title": title, "indicators": [_indicator(indicator) for indicator in mine]}


def _indicator(indicator: ReportIndicator) -> dict[str, Any]:
    figures = indicator["figures"]
    return {
        "defined": indicator,
        "rows": [
            {
                "area": _name(figure),
                "counted": count_text(figure["numerator"], figure["note"]),
                "out_of": count_text(figure["denominator"], figure["note"]),
                "share": share_text(figure["value"], figure["note"]),
                "range": range_text(figure["lower"], figure["upper"], figure["note"]),
                "known": share_text(figure["share_known"], note_of_known(figure)),
                "before": share_text(figure["before"]["value"], figure["before"]["note"])
                if figure["before"]
                else NOT_AVAILABLE,
                "change": figure["change"],
            }
            for figure in figures
        ],
        "reasons": [
            {"area": _name(figure), "reason": figure["reason"]}
            for figure in figures
            if figure.get("reason")
        ],
        "chart": [
            {
                "label": _name(figure),
                "value": figure["value"],
                "lower": figure["lower"],
                "upper": figure["upper"],
                "note": figure["note"],
            }
            for figure in figures
        ],
    }


def _name(figure: ReportFigure) -> str:
    part = f": {figure['category']}" if figure["category"] else ""
    return figure["area_name"] + part


def reach(content: Content) -> list[dict[str, Any]]:
    """The people table of each group."""
    rows = content["reach"]["rows"]
    return [
        {
            "title": group,
            "rows": [
                {
                    "area": row["area_name"],
                    "registered": number_text(row["registered"]),
                    "reached": number_text(row["reached"]),
                    "sustained": number_text(row["sustained"]),
                }
                for row in rows
                if row["group"] == group
            ],
        }
        for group in dict.fromkeys(row["group"] for row in rows)
    ]


def delivered(content: Content) -> list[dict[str, Any]]:
    """The services table."""
    return [
        {
            "title": row["title"],
            "services": row["services"],
            "sessions": row["sessions"],
            "contacts": number_text(row["contacts"]),
            "attendances": number_text(row["attendances"]),
            "names": ", ".join(row["names"]),
        }
        for row in content["delivered"]["rows"]
    ]
