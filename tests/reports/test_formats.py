"""The three files: the same bytes again, nothing small in any of them, readable by everybody."""

import csv
import io
import random
from datetime import date

import pytest
from openpyxl import load_workbook

from leap.core.reference_data.models import Service
from outcomes.figures.exports import COLUMNS
from outcomes.indicators import INDICATORS
from outcomes.models import Report
from outcomes.reports import output, payload, pdf
from tests.reports.conftest import publish

COUNTS = {"Counted", "Out of", "Registered", "Reached", "Sustained", "Contacts", "Attendances"}


def workbook(report: Report):
    return load_workbook(io.BytesIO(output.write(report, "xlsx")))


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output.write(report, "csv").decode(), newline="")))


def table(sheet) -> list[dict]:
    [only] = sheet.tables.values()
    heads, *below = sheet[only.ref]
    return [
        dict(zip([h.value for h in heads], [c.value for c in row], strict=True)) for row in below
    ]


@pytest.mark.parametrize("file_format", output.FORMATS)
def test_a_report_is_written_the_same_again(report, file_format):
    first = output.write(report, file_format)

    assert output.write(Report.objects.get(pk=report.pk), file_format) == first


@pytest.mark.parametrize("seed", range(4))
def test_no_file_has_a_count_of_one_to_seven(db, issue, seed):
    chance = random.Random(seed)

    def counts() -> tuple[int, int, int]:
        whole = chance.choice([0, chance.randint(1, 9), chance.randint(10, 200)])
        return chance.randint(0, whole), whole, chance.randint(0, whole)

    publish({code: tuple(counts() for _ in range(4)) for code in INDICATORS})
    report = issue()

    in_csv = [row[name] for row in rows(report) for name in ("numerator", "denominator")]
    sheets = workbook(report).worksheets[1:]
    in_xlsx = [row[name] for sheet in sheets for row in table(sheet) for name in COUNTS & set(row)]
    numbers = {int(n) for n in (*in_csv, *in_xlsx) if n not in ("", "[c]", "[x]", "[z]")}
    assert numbers
    assert not numbers & set(range(1, 8))
    assert {number % 5 for number in numbers} == {0}


def test_the_pdf_is_made_of_nothing_but_the_frozen_content(report):
    data = pdf._given(report)

    assert set(data) - set(report.content) == {"programme", "fingerprint", "tops", "themes"}
    assert {key: data[key] for key in report.content} == report.content


def test_the_pdf_is_tagged_and_meets_pdf_ua(report):
    document = output.write(report, "pdf")

    assert document.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in document
    assert b"/Lang (en-GB)" in document or b"/Lang(en-GB)" in document
    assert b"pdfuaid" in document


def test_the_spreadsheet_follows_the_guidance(report):
    book = workbook(report)

    assert book.sheetnames == [
        *("Cover", "Contents", "Notes", "At_a_glance", "Figures"),
        *("Reach", "Services", "Definitions"),
    ]
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet["A1"].value
    for sheet in book.worksheets[1:]:
        [only] = sheet.tables.values()
        filled = [cell.value for row in sheet[only.ref] for cell in row]
        assert "" not in filled
        assert None not in filled
    assert book["Figures"].freeze_panes


def test_the_contents_lead_to_every_sheet(report):
    book = workbook(report)

    assert [row["Sheet"] for row in table(book["Contents"])] == book.sheetnames[2:]
    assert book["Contents"]["A6"].hyperlink.location == "'At_a_glance'!A1"


def test_the_spreadsheet_dates_from_the_issue(report):
    created = workbook(report).properties.created
    assert created.replace(microsecond=0) == report.issued_at.replace(tzinfo=None, microsecond=0)


def test_the_csv_has_the_columns_of_exported_figures(report):
    lines = rows(report)

    assert list(lines[0]) == list(COLUMNS)
    whole = next(row for row in lines if row["area_code"] == "LEAP")
    assert (whole["indicator"], whole["numerator"]) == ("new_birth_visit_14", "325")
    assert float(whole["value"]) == 325 / 400
    notes = {row["category"]: row["note"] for row in lines if row["breakdown"] == "note"}
    assert notes["[c]"].startswith("Confidential")
    assert notes["fingerprint"] == payload.fingerprint(report)
    defined = [row for row in lines if row["breakdown"] == "definition"]
    assert {row["indicator"] for row in defined} == {"new_birth_visit_14", "breastfed_first_feed"}


def test_a_service_named_like_a_formula_is_only_a_name(lives, published, issue):
    bad = '=HYPERLINK("http://bad.example")'
    service = Service.objects.create(code="bad", name=bad, strand="cross_cutting", kind="drop_in")
    contact = lives.contact(date(2016, 4, 1), lives.mother())
    contact.service = service
    contact.save()
    published({"review_1_year": ((40, 50),) * 4})
    report = issue()

    for sheet in workbook(report).worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert not [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))]
    assert [row["note"] for row in rows(report) if "HYPERLINK" in row["note"]] == [f"'{bad}"]
