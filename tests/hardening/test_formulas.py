"""Nothing that leaves as a table is run by a spreadsheet: text is text, numbers stay numbers."""

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from leap.ops.runtime.paths import ROOT
from outcomes.figures.exports import cell
from outcomes.reports import xlsx

STARTS = ("=", "+", "-", "@", "\t", "\r")
FORMULA = 'cmd|"/c calc"!A1'


@pytest.mark.parametrize("start", STARTS)
def test_text_that_looks_like_a_formula_goes_out_as_text(start):
    assert cell(start + FORMULA) == "'" + start + FORMULA
    assert xlsx.safe(start + FORMULA) == "'" + start + FORMULA


def test_plain_text_and_numbers_go_out_as_they_are():
    cells = [cell(value) for value in ("Stockwell", -3, 0.25, -1.5, None, date(2016, 4, 1))]
    assert cells == ["Stockwell", "-3", "0.25", "-1.5", "", "2016-04-01"]


@pytest.mark.parametrize("start", STARTS)
def test_it_survives_the_file(start):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerow([cell(start + FORMULA), cell(-3)])
    text, number = next(csv.reader(io.StringIO(stream.getvalue(), newline="")))
    assert text.startswith("'")
    assert float(number) == -3


# Every module of ours that writes tables for people, and how it keeps formulae out; and those that
# write for the database or a benchmark alone. A new writer is noticed here.
WRITERS = {
    "outcomes/figures/exports.py": "cell(",
    "outcomes/reports/csv.py": "cell(",
    "outcomes/reports/xlsx.py": "safe(",
}
WRITE_FOR_NOBODY = {"leap/ops/benchmarks/work.py", "leap/data_import/staging.py"}
MARKS = ("csv.writer", "DictWriter", "xlsxwriter", "openpyxl")


def modules():
    for app in ("leap", "families", "referrals", "sites", "outcomes"):
        yield from sorted((ROOT / app).rglob("*.py"))


def writes_tables(path: Path) -> bool:
    return any(mark in path.read_text() for mark in MARKS)


def test_there_is_no_writer_of_tables_that_this_does_not_know():
    writers = {str(path.relative_to(ROOT)) for path in modules() if writes_tables(path)}
    assert writers - WRITE_FOR_NOBODY == set(WRITERS)


@pytest.mark.parametrize(("path", "guard"), WRITERS.items())
def test_each_keeps_formulae_out(path, guard):
    assert guard in (ROOT / path).read_text()


def test_a_spreadsheet_turns_no_text_into_a_formula():
    output = io.BytesIO()
    import xlsxwriter

    with xlsxwriter.Workbook(output, xlsx.OPTIONS) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "=1+1")
        sheet.write_number(0, 1, -3)
    loaded = openpyxl.load_workbook(io.BytesIO(output.getvalue())).active
    assert loaded["A1"].data_type == "s"
    assert loaded["B1"].value == -3
