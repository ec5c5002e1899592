"""A report as plain tables: one for each sheet of the spreadsheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from outcomes.disclosure import NOT_AVAILABLE, PROVISIONAL
from outcomes.reports.schema import (
    LIMITS_FROM_EXACT_COUNTS,
    Content,
    Number,
    ReportFigure,
    Term,
)
from outcomes.reports.wording import note_of_known, why_not

NOT_APPLICABLE = "[z]"
TEXT, COUNT, SHARE = "text", "count", "share"

Cell = str | int | float


@dataclass(frozen=True)
class TableColumn:
    """A heading, how wide it is in characters, and what stands below it."""

    title: str
    width: int
    kind: str = TEXT


@dataclass(frozen=True)
class ReportTable:
    """One table, with the sentences that stand above it."""

    name: str  # of its sheet
    title: str
    about: tuple[str, ...]
    columns: tuple[TableColumn, ...]
    rows: list[list[Cell]]


AREA = (TableColumn("Area code", 13), TableColumn("Area", 22))


def tables(content: Content) -> list[ReportTable]:
    """Every table of a report, in the order of its sheets."""
    made = [_at_a_glance(content), _figures(content)]
    if content["before"]:
        made.append(_compared(content))
    return [*made, _reach(content), _delivered(content), _definitions(content)]


def _at_a_glance(content: Content) -> ReportTable:
    areas = {f["area_code"]: f["area_name"] for i in content["indicators"] for f in i["figures"]}
    # An area's figure that is not of a part of the population.
    return ReportTable(
        name="At_a_glance",
        title=f"Every indicator at a glance, {content['period']['title']}",
        about=(
            "The share of each indicator in LEAP and its four wards. The table of figures has the"
            " numbers behind it and its 95% limits; the table of definitions says what is counted.",
        ),
        columns=(
            TableColumn("Theme", 24),
            TableColumn("Indicator", 44),
            *(TableColumn(name, 14, SHARE) for name in areas.values()),
        ),
        rows=[
            [
                indicator["theme"],
                indicator["title"],
                *(
                    _share(
                        next(
                            f
                            for f in indicator["figures"]
                            if f["area_code"] == area and not f["breakdown"]
                        ),
                        "value",
                    )
                    for area in areas
                ),
            ]
            for indicator in content["indicators"]
        ],
    )


def _figures(content: Content) -> ReportTable:
    rows = [
        [
            indicator["title"],
            *_place(figure),
            _count(figure, "numerator"),
            _count(figure, "denominator"),
            _share(figure, "value"),
            _share(figure, "lower"),
            _share(figure, "upper"),
            _share_known(figure) if indicator["asks_known"] else NOT_APPLICABLE,
            PROVISIONAL if PROVISIONAL in figure["note"] else NOT_APPLICABLE,
            *([figure.get("reason") or NOT_APPLICABLE] if _says_why(content) else []),
        ]
        for indicator in content["indicators"]
        for figure in indicator["figures"]
    ]
    return ReportTable(
        name="Figures",
        title=f"Figures of every indicator, {content['period']['title']}",
        about=(
            "Numbers are rounded to the nearest 5. Shares and their 95% limits are worked out from"
            " the rounded numbers."
            if _says_why(content)
            else "Numbers are rounded to the nearest 5. Shares are worked out from rounded numbers,"
            " their 95% limits from exact ones.",
        ),
        columns=(
            TableColumn("Indicator", 44),
            *AREA,
            TableColumn("Counted", 12, COUNT),
            TableColumn("Out of", 12, COUNT),
            TableColumn("Share", 12, SHARE),
            TableColumn("Lower 95% limit", 12, SHARE),
            TableColumn("Upper 95% limit", 12, SHARE),
            TableColumn("Share known", 12, SHARE),
            TableColumn("Provisional", 12),
            *([TableColumn("Where there is a percentage", 60)] if _says_why(content) else []),
        ),
        rows=rows,
    )


def _says_why(content: Content) -> bool:
    """Reports of the first format are written as they were: their limits came from exact counts."""
    return content["format"] > LIMITS_FROM_EXACT_COUNTS


def _compared(content: Content) -> ReportTable:
    before = content["before"]
    assert before is not None
    rows = [
        [
            indicator["title"],
            *_place(figure),
            _share(figure, "value"),
            _share_before(figure),
            figure["change"],
            indicator["direction"],
        ]
        for indicator in content["indicators"]
        for figure in indicator["figures"]
    ]
    return ReportTable(
        name="Compared",
        title=f"{content['period']['title']} compared with {before['title']}",
        about=(
            "Higher or lower is said only where the two 95% ranges do not overlap. Everything else"
            " may be chance.",
        ),
        columns=(
            TableColumn("Indicator", 44),
            *AREA,
            TableColumn(f"Share in {content['period']['code']}", 14, SHARE),
            TableColumn(f"Share in {before['code']}", 14, SHARE),
            TableColumn("Change", 18),
            TableColumn("Which way is better", 22),
        ),
        rows=rows,
    )


def _reach(content: Content) -> ReportTable:
    reach = content["reach"]
    return ReportTable(
        name="Reach",
        title=f"People registered, reached and reached again, {content['period']['title']}",
        about=(
            f"Counted on {reach['counted_on']}, up to {reach['up_to']}. Each person counts once."
            " Numbers are rounded to the nearest 5.",
            *_sentences(reach["terms"]),
        ),
        columns=(
            TableColumn("Group", 14),
            *AREA,
            TableColumn("Registered", 14, COUNT),
            TableColumn("Reached", 14, COUNT),
            TableColumn("Sustained", 14, COUNT),
        ),
        rows=[
            [
                row["group"],
                row["area_code"],
                row["area_name"],
                _number(row["registered"]),
                _number(row["reached"]),
                _number(row["sustained"]),
            ]
            for row in reach["rows"]
        ],
    )


def _delivered(content: Content) -> ReportTable:
    delivered = content["delivered"]
    return ReportTable(
        name="Services",
        title=f"Services delivered by strand, {content['period']['title']}",
        about=(
            f"Counted on {delivered['counted_on']}, up to {delivered['up_to']}. Numbers of contacts"
            " and attendances are rounded to the nearest 5; services and sessions are not people"
            " and are exact.",
            *_sentences(delivered["terms"]),
            delivered["warning"],
        ),
        columns=(
            TableColumn("Strand", 34),
            TableColumn("Services", 12, COUNT),
            TableColumn("Sessions", 12, COUNT),
            TableColumn("Contacts", 12, COUNT),
            TableColumn("Attendances", 13, COUNT),
            TableColumn("Which services", 80),
        ),
        rows=[
            [
                row["title"],
                row["services"],
                row["sessions"],
                _number(row["contacts"]),
                _number(row["attendances"]),
                ", ".join(row["names"]) or NOT_APPLICABLE,
            ]
            for row in delivered["rows"]
        ],
    )


def _definitions(content: Content) -> ReportTable:
    return ReportTable(
        name="Definitions",
        title="What each indicator means",
        about=("The definitions as they stood when the report was issued.",),
        columns=(
            TableColumn("Indicator", 34),
            TableColumn("Code", 30),
            TableColumn("Version", 9, COUNT),
            TableColumn("What is counted", 44),
            TableColumn("Out of whom", 44),
            TableColumn("What puts someone in, and decides their ward", 30),
            TableColumn("Which way is better", 18),
            TableColumn("Limits", 14),
            TableColumn("Publication rule", 40),
            TableColumn("Source", 34),
            TableColumn("As at", 18),
            TableColumn("Why, and what else to know", 70),
        ),
        rows=[
            [
                indicator["title"],
                indicator["code"],
                indicator["version"],
                indicator["numerator"],
                indicator["denominator"],
                indicator["day"],
                indicator["direction"],
                indicator["method"],
                indicator["publication"],
                indicator["source"],
                indicator["as_at"],
                " ".join([indicator["why"], *indicator["details"]]),
            ]
            for indicator in content["indicators"]
        ],
    )


# Cells


def _place(figure: ReportFigure) -> Iterator[Cell]:
    yield figure["area_code"]
    part = f": {figure['category']}" if figure["category"] else ""
    yield figure["area_name"] + part


def _number(number: Number) -> Cell:
    return number["note"] if number["count"] is None else number["count"]


def _count(figure: ReportFigure, name: str) -> Cell:
    count: int | None = figure[name]  # type: ignore[literal-required]
    return why_not(figure["note"]) if count is None else count


def _share(figure: ReportFigure, name: str) -> Cell:
    share: float | None = figure[name]  # type: ignore[literal-required]
    return why_not(figure["note"]) if share is None else share


def _share_known(figure: ReportFigure) -> Cell:
    share = figure["share_known"]
    return why_not(note_of_known(figure)) if share is None else share


def _share_before(figure: ReportFigure) -> Cell:
    before = figure["before"]
    if before is None:
        return NOT_AVAILABLE
    return why_not(before["note"]) if before["value"] is None else before["value"]


def _sentences(terms: list[Term]) -> list[str]:
    return [f"{term['term']}: {term['meaning']}" for term in terms]
