"""The report as one tidy table: the columns of `export_figures`, and its notes as rows.

Reach has the people's number as its numerator and nothing it is a share of. Services and sessions
are not people: their exact number is the value. Words stand in the note.
"""

import csv
import io
from collections.abc import Iterator

from outcomes.disclosure import PROVISIONAL
from outcomes.figures.exports import COLUMNS, KNOWN, STATUS, cell
from outcomes.models import Report
from outcomes.reports import payload as contents
from outcomes.reports.reach import STATES
from outcomes.reports.schema import Content, Number, ReportFigure, ReportIndicator, Term
from outcomes.reports.wording import note_of_known

Row = dict[str, object]
DEFINED = (
    "numerator",
    "denominator",
    "day",
    "direction",
    "method",
    "publication",
    "source",
    "as_at",
)


def write(report: Report) -> bytes:
    """The file, header row first, in UTF-8 with the line ends that CSV asks for."""
    frozen = contents.content_of(report)
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(frozen, contents.fingerprint(report)):
        row.setdefault("period", frozen["period"]["code"])
        writer.writerow([cell(row.get(column)) for column in COLUMNS])
    return written.getvalue().encode()


def _rows(frozen: Content, fingerprint: str) -> Iterator[Row]:
    for indicator in frozen["indicators"]:
        for figure in indicator["figures"]:
            yield from _figure(indicator, figure)
    yield from _reach(frozen)
    yield from _delivered(frozen)
    yield from _definitions(frozen)
    yield from _notes("reach", frozen["reach"]["terms"])
    yield from _notes("delivered", frozen["delivered"]["terms"])
    warning = Term(term="Services beside outcomes", meaning=frozen["delivered"]["warning"])
    yield from _notes("delivered", [warning])
    yield from _notes("notes", frozen["notes"])
    words = {
        "title": frozen["title"],
        "reference": frozen["ref"],
        "as at": frozen["as_at"],
        "issued": f"{frozen['issued_at']} by {frozen['issued_by']}",
        "fingerprint": fingerprint,
    }
    words |= {f"no figures: {one['code']}": one["title"] for one in frozen["missing"]}
    yield from _notes(
        "report", [Term(term=term, meaning=meaning) for term, meaning in words.items()]
    )


def _figure(indicator: ReportIndicator, figure: ReportFigure) -> Iterator[Row]:
    same: Row = {
        "indicator": indicator["code"],
        "version": indicator["version"],
        "area_code": figure["area_code"],
        "area_name": figure["area_name"],
        "denominator": figure["denominator"],
    }
    if figure["known"] is not None:
        share = figure["share_known"]
        note = PROVISIONAL if PROVISIONAL in figure["note"] else ""
        yield {
            **same,
            "breakdown": STATUS,
            "category": KNOWN,
            "numerator": figure["known"],
            "value": share,
            "note": note_of_known(figure) if share is None else note,
        }
    names = ("breakdown", "category", "numerator", "value", "lower", "upper", "note")
    yield same | {name: figure[name] for name in names}  # type: ignore[literal-required]
    if reason := figure.get("reason"):
        yield {
            **same,
            "denominator": None,
            "breakdown": "note",
            "category": "no percentage",
            "note": reason,
        }


def _reach(frozen: Content) -> Iterator[Row]:
    for row in frozen["reach"]["rows"]:
        for state in STATES:
            number: Number = row[state]  # type: ignore[literal-required]
            yield {
                "indicator": f"people_{state}",
                "version": frozen["format"],
                "area_code": row["area_code"],
                "area_name": row["area_name"],
                "breakdown": "group",
                "category": row["group"].lower(),
                "numerator": number["count"],
                "note": number["note"],
            }


def _delivered(frozen: Content) -> Iterator[Row]:
    for row in frozen["delivered"]["rows"]:
        same: Row = {
            "version": frozen["format"],
            "breakdown": "strand",
            "category": row["strand"],
        }
        yield same | {"indicator": "delivered_services", "value": row["services"]}
        yield same | {"indicator": "delivered_sessions", "value": row["sessions"]}
        for name, number in (("contacts", row["contacts"]), ("attendances", row["attendances"])):
            counted: Row = {"numerator": number["count"], "note": number["note"]}
            yield same | counted | {"indicator": f"delivered_{name}"}
        if row["names"]:
            yield same | {"indicator": "delivered_services", "note": "; ".join(row["names"])}


def _definitions(frozen: Content) -> Iterator[Row]:
    for indicator in frozen["indicators"]:
        words: list[tuple[str, str]] = [("title", indicator["title"])]
        words += [(name, indicator[name]) for name in DEFINED]  # type: ignore[literal-required]
        words += [("details", detail) for detail in indicator["details"]]
        for name, meaning in words:
            yield {
                "indicator": indicator["code"],
                "version": indicator["version"],
                "breakdown": "definition",
                "category": name,
                "note": meaning,
            }


def _notes(about: str, terms: list[Term]) -> Iterator[Row]:
    for term in terms:
        yield {
            "indicator": about,
            "breakdown": "note",
            "category": term["term"],
            "note": term["meaning"],
        }
