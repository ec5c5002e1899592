"""Files as other people's programs write them: taken in, or named as what they are."""

import io
import zipfile

import pytest

from families.models import Family, Person

HEADER = "person_ref,family_ref,role,given_name,family_name,birth_date,due_date,sex,postcode"
ROWS = (
    "P1,F1,child,Chidi,Okafor,2016-04-10,,male,SW9 9TX",
    "P2,F1,mother,Ada,Okafor,1990-12-31,,female,SW9 9TX",
)
WHOLE = "\n".join([HEADER, *ROWS, ""])


@pytest.fixture
def people(files):
    """People and their family, whose people.csv is written as the test wants it."""
    files.add("families")

    def write(content):
        path = files.path / "people.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return files

    return write


def lines(change):
    return "\n".join(map(change, WHOLE.splitlines())) + "\n"


@pytest.mark.parametrize(
    "content",
    [
        WHOLE,
        "\ufeff" + WHOLE.replace("\n", "\r\n"),
        WHOLE.replace("\n", "\r"),
        lines(lambda line: line + ",,,"),
        lines(lambda line: line if line == HEADER else line + ",,"),
        lines(lambda line: line + (", ,\t,")),
        WHOLE + ",,,,,,,,\n" * 3,
        WHOLE.replace("given_name", "given_name\u00a0"),
        WHOLE.replace("person_ref", "\u200bperson_ref"),
        WHOLE.replace("Chidi", "Chi\u200bdi\u202c"),
        WHOLE.replace("SW9 9TX", "SW9\u00a09TX\u200b"),
    ],
)
def test_what_a_spreadsheet_adds_is_not_in_the_way(people, take_in, content):
    run = take_in(people(content))

    assert run.code == 0, run.output
    chidi = Person.objects.get(given_name="Chidi")
    assert chidi.residences.get().postcode.postcode == "SW9 9TX"


def workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr("xl/workbook.xml", "<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (WHOLE.encode("utf-16"), "UTF-16"),
        (WHOLE.encode("utf-16-le"), "UTF-16"),
        (WHOLE.encode("utf-16-be"), "UTF-16"),
        (workbook(), "an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "an older Excel workbook"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x1f\x8b\x08\x00" + b"\x9f" * 40, "a compressed file"),
        ("<!DOCTYPE html><html><table></table></html>", "a web page"),
        (WHOLE.replace(",", ";"), "separated by semicolons"),
        (WHOLE.replace(",", "\t"), "separated by tabs"),
        (WHOLE.replace(",", "|"), "separated by upright strokes"),
        ("sep=,\n" + WHOLE, "Take it out: the first line is the header row"),
        ("Births,,,,,,,,\n,,,,,,,,\n" + WHOLE, "Take out what stands above the header row"),
        (WHOLE.encode("cp1252").replace(b"Ada", b"Zo\xeb"), "this is not UTF-8"),
    ],
)
def test_what_is_no_such_file_is_named_as_what_it_is(people, take_in, content, sentence):
    run = take_in(people(content))

    assert run.code == 2
    assert sentence in run.output
    assert "Traceback" not in run.output + run.error
    assert not Family.objects.exists()


@pytest.mark.parametrize(
    ("file", "cells", "sentence"),
    [
        ("observations", {"code": "gestation_weeks", "value": "1E+30"}, "is a whole number"),
        ("observations", {"code": "weight_kg", "value": "1e309"}, "is a number"),
        ("observations", {"code": "weight_kg", "value": "3_8"}, "is a number"),
        ("observations", {"code": "weight_kg", "value": "NaN"}, "is a number"),
        ("observations", {"code": "epds_total", "value": "１２"}, "is a whole number"),
        ("observations", {"code": "birth_weight_g", "value": "3,400"}, "is a whole number"),
        ("contacts", {"minutes": "1_0"}, "is not a whole number"),
        ("contacts", {"minutes": "9" * 400}, "is not a whole number"),
        ("contacts", {"occurred_at": "0001-01-01T10:00"}, "The year 1 cannot be right"),
        ("observations", {"code": "epds_total", "value": "9", "recorded_on": "9999-01-01"}, "9999"),
    ],
)
def test_what_no_number_or_day_can_be_refuses_its_row_alone(family, take_in, file, cells, sentence):
    line = family.add(file, **cells)
    run = take_in(family)

    assert run.code == 1
    assert [problem for problem in run.problems if problem.startswith(f"{file}.csv:{line}: ")]
    assert sentence in " ".join(run.problems)


def test_38_point_0_weeks_are_38(family, take_in):
    family.add("observations", code="gestation_weeks", value="38.0")
    assert take_in(family).code == 0
    assert Person.objects.get(given_name="Chidi").observations.get().value == "38"


@pytest.mark.parametrize("number", ["9434765919.0", '="9434765919"', "'9434765919"])
def test_how_a_spreadsheet_spoils_an_nhs_number_is_said(family, take_in, number):
    family.person("P3", given_name="Ngozi", role="grandparent", nhs_number=number)
    run = take_in(family)

    assert "Format the column as text" in " ".join(run.problems)


def test_something_under_a_column_without_a_name_is_not_dropped(people, take_in):
    run = take_in(people(WHOLE.replace(HEADER, HEADER + ",").replace("SW9 9TX", "SW9 9TX,twin")))

    assert "this has 10 cells where the header has 9" in " ".join(run.problems) or (
        "column 10, which has no name" in " ".join(run.problems)
    )
