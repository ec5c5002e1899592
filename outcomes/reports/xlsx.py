"""The report as a spreadsheet, by the Government Statistical Service's guidance on accessible ones.

A cover, contents and notes, then one table to a sheet: real tables from the first column on, no
merged cells, no empty rows between, markers in brackets instead of gaps, and no formulae.
"""

import io
import textwrap
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import xlsxwriter

from outcomes.figures.exports import cell as safe  # also when saved as CSV and opened again
from outcomes.models import Report
from outcomes.reports import payload as contents
from outcomes.reports.schema import Content
from outcomes.reports.tables import COUNT, SHARE, Cell, ReportTable, TableColumn, tables
from outcomes.reports.wording import PROGRAMME

INK, LINK, HEAD = "#0b0c0c", "#1d70b8", "#d6e6f2"
WIDE = 95  # characters
MOST_FROZEN = 6  # rows above a heading that stays in view: more would fill a small screen


def write(report: Report) -> bytes:
    """The file. Its dates are those of the report, so that the same report gives the same bytes."""
    frozen = contents.content_of(report)
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, OPTIONS) as workbook:
        book = _Book(workbook, _formats(workbook))
        made = tables(frozen)
        workbook.set_properties(
            {
                "title": frozen["title"],
                "subject": f"{frozen['period']['title']}, as at {frozen['as_at']}",
                "author": PROGRAMME,
                "company": PROGRAMME,
                "comments": f"Report {frozen['ref']}",
                "created": report.issued_at.astimezone(UTC).replace(tzinfo=None),
            }
        )
        book.cover(frozen, contents.fingerprint(report))
        book.table(_contents(made), links=True)
        terms: list[list[Cell]] = [[term["term"], term["meaning"]] for term in frozen["notes"]]
        none: list[list[Cell]] = [
            ["No figures", f"{one['title']} ({one['code']}) has no figures for this period."]
            for one in frozen["missing"]
        ]
        book.table(
            ReportTable(
                name="Notes",
                title="Notes",
                about=("What markers and words mean in every sheet of this report.",),
                columns=(TableColumn("Note", 34), TableColumn("Meaning", 100)),
                rows=[*terms, *none],
            )
        )
        for table in made:
            book.table(table)
    return written.getvalue()


OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def _contents(made: list[ReportTable]) -> ReportTable:
    rows: list[list[Cell]] = [["Notes", "Markers, rounding and methods"]]
    rows += [[table.name, table.title] for table in made]
    return ReportTable(
        name="Contents",
        title="Contents",
        about=("What each sheet holds. The names link to the sheets.",),
        columns=(TableColumn("Sheet", 18), TableColumn("What it holds", 80)),
        rows=rows,
    )


def _formats(workbook: Any) -> dict[str, Any]:
    plain = {"font_name": "Arial", "font_size": 11, "font_color": INK, "valign": "top"}
    wrapped = plain | {"text_wrap": True}
    made = {
        "title": plain | {"font_size": 16, "bold": True},
        "about": wrapped,
        "line": plain,
        "head": wrapped | {"bold": True, "bg_color": HEAD, "bottom": 2},
        "text": wrapped,
        "marker": wrapped | {"align": "right"},
        COUNT: plain | {"num_format": "#,##0", "align": "right"},
        SHARE: plain | {"num_format": "0.0%", "align": "right"},
        "link": plain | {"font_color": LINK, "underline": 1},
    }
    return {name: workbook.add_format(look) for name, look in made.items()}


@dataclass(frozen=True)
class _Book:
    """A workbook being written."""

    workbook: Any
    formats: dict[str, Any]

    def cover(self, frozen: Content, fingerprint: str) -> None:
        sheet = self._sheet("Cover")
        sheet.set_column(0, 0, WIDE)
        sheet.write_string(0, 0, frozen["title"], self.formats["title"])
        period = frozen["period"]
        sentences = [
            PROGRAMME,
            f"Period: {period['title']} ({period['code']}),"
            f" from {period['starts_on']} to {period['ends_on']}.",
            f"Figures as at {frozen['as_at']}.",
            f"Report {frozen['ref']}, issued {frozen['issued_at']} by {frozen['issued_by']}.",
        ]
        if frozen["provisional"]:
            sentences.append(
                "The period was not over: everything in this report is provisional, [p]."
            )
        sentences += [
            f"{one['label']}: {one['text']}. {one['meaning']}" for one in frozen["headlines"]
        ]
        for row, sentence in enumerate(
            [
                *sentences,
                "The contents list every sheet. The notes explain markers, rounding and methods.",
                frozen["delivered"]["warning"],
                f"This report is frozen. Fingerprint of its content: {fingerprint}",
            ],
            start=1,
        ):
            sheet.write_string(row, 0, safe(sentence), self.formats["about"])

    def table(self, table: ReportTable, *, links: bool = False) -> None:
        """A sheet of its own: title and sentences, then the table, whose heading stays in view."""
        sheet = self._sheet(table.name)
        sheet.write_string(0, 0, table.title, self.formats["title"])
        # What stands above a table, in lines that run on over its empty cells: wrapping one in
        # its own cell would make the first column's rows tall, and merging cells is no way out.
        room = max(WIDE, sum(column.width for column in table.columns))
        sentences = ("This sheet holds one table.", *table.about)
        about = [line for sentence in sentences for line in textwrap.wrap(sentence, min(room, 140))]
        for row, line in enumerate(about, start=1):
            sheet.write_string(row, 0, safe(line), self.formats["line"])
        head = len(about) + 1
        self._frame(sheet, table, head)
        for place, cells in enumerate(table.rows, start=head + 1):
            for column, cell in enumerate(cells):
                kind = table.columns[column].kind
                if isinstance(cell, str):
                    look = "text" if kind not in (COUNT, SHARE) else "marker"
                    sheet.write_string(place, column, safe(cell), self.formats[look])
                else:
                    sheet.write_number(place, column, cell, self.formats[kind])
            if links:
                name = str(cells[0])
                sheet.write_url(place, 0, f"internal:'{name}'!A1", self.formats["link"], name)

    def _sheet(self, name: str) -> Any:
        sheet = self.workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&F&R&A, page &P of &N")
        return sheet

    def _frame(self, sheet: Any, table: ReportTable, head: int) -> None:
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width)
        sheet.add_table(
            head,
            0,
            head + len(table.rows),
            len(table.columns) - 1,
            {
                "name": f"table_{table.name.lower()}",
                "style": None,
                "autofilter": False,
                "columns": [
                    {"header": column.title, "header_format": self.formats["head"]}
                    for column in table.columns
                ],
            },
        )
        if head <= MOST_FROZEN:
            sheet.freeze_panes(head + 1, 0)
        sheet.repeat_rows(head)
