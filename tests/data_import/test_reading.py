"""Files as they really arrive: encodings, quotes, missing columns, wrong names, huge lines."""

import pytest

from families.models import Contact, Family
from leap.core.reference_data.models import Postcode
from leap.data_import.csv_reader import LONGEST


def test_a_byte_order_mark_is_no_matter(family, take_in):
    path = family.path / "people.csv"
    path.write_text(path.read_text(), encoding="utf-8-sig")

    assert take_in(family).code == 0


def test_windows_line_ends_and_blank_lines_are_no_matter(family, take_in):
    path = family.path / "people.csv"
    rows = path.read_text().splitlines()
    path.write_bytes("\r\n".join([rows[0], "", *rows[1:], "," * 14, ""]).encode())
    run = take_in(family)

    assert run.row("people.csv") == [2, 2, 0, 0, 0, 0]


def test_columns_may_stand_in_any_order(files, take_in):
    files.text(
        "postcodes.csv", "imd_decile,ward_2011,postcode,lsoa_2011,ward_2022\n3,E05000420,sw21aa,,\n"
    )
    assert take_in(files).code == 0

    assert Postcode.objects.get(postcode="SW2 1AA").imd_decile == 3


def test_lines_are_those_of_the_file_however_long_a_note_is(family, take_in):
    family.add("contacts", note="First,\nsecond,\n\nfourth line")
    line = family.add("contacts", contact_ref="C2", minutes="long", note="One\ntwo")

    assert line == 6
    assert take_in(family).problems[0].startswith("contacts.csv:6: minutes: ")


def stopped(run, sentence):
    """Nothing was read, and the sentence says why."""
    assert sentence in run.output
    assert (run.code, Postcode.objects.count(), Family.objects.count()) == (2, 0, 0)
    return True


def test_a_file_in_latin_1_is_named_with_its_line(family, take_in):
    text = (family.path / "people.csv").read_text()
    family.text("people.csv", text.replace("Ada", "Zoë"), encoding="latin-1")

    assert stopped(take_in(family), "people.csv:3: this is not UTF-8 (byte EB; ë in Windows-1252?)")


def test_a_file_cut_off_within_a_letter_is_named(family, take_in):
    path = family.path / "people.csv"
    path.write_bytes(path.read_bytes()[:-1] + "é".encode()[:1])

    assert stopped(take_in(family), "people.csv:3: this is not UTF-8.")


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n"])
def test_an_empty_file_is_named(family, take_in, text):
    family.text("contacts.csv", text)

    assert stopped(take_in(family), "contacts.csv:1: this file is empty: it has no header row.")


def test_a_file_with_a_header_alone_has_nothing_new(files, take_in):
    files.text("observations.csv", "person_ref,code,recorded_on,value,contact_ref\n")

    assert take_in(files).row("observations.csv") == [0, 0, 0, 0, 0, 0]


def test_an_unknown_and_a_missing_column_are_named(family, take_in):
    family.text("postcodes.csv", "post_code,ward_2011,ward_2022,lsoa_2011,imd_decile\n")
    run = take_in(family)

    assert stopped(
        run,
        "postcodes.csv:1: “post_code” is not a column of postcodes.csv. Is postcode meant?\n"
        "postcodes.csv:1: postcode: this column is missing, and every row needs it.\n",
    )


def test_a_column_that_may_be_blank_may_be_left_out(files, take_in):
    files.text("postcodes.csv", "postcode,ward_2011\nSW9 9TX,E05000429\n")

    assert take_in(files).code == 0


def test_a_column_that_is_there_twice_is_named(family, take_in):
    family.text("families.csv", "family_ref,name,lead_team,name\n")

    assert stopped(take_in(family), "families.csv:1: name: this column is there 2 times.")


def test_a_file_with_a_wrong_name_is_not_passed_over(family, take_in):
    family.text("contcats.csv", "contact_ref\n")
    family.text("README.txt", "Not a table.")

    assert stopped(
        take_in(family),
        "contcats.csv: this is not a file of the exchange formats. Is contacts.csv meant?",
    )


def test_everything_that_bars_the_files_is_said_at_once(family, take_in):
    family.text("contacts.csv", "")
    family.text("families.csv", "family\n")
    run = take_in(family)

    assert run.output.count("contacts.csv:") == 1
    assert run.output.count("families.csv:") == 2


def test_a_directory_that_is_not_there(take_in, tmp_path):
    run = take_in(tmp_path / "nowhere")

    assert run.code == 2
    assert "is not a directory" in run.output


def test_a_directory_without_files(take_in, tmp_path):
    run = take_in(tmp_path)

    assert run.code == 2
    assert "holds none of postcodes.csv, teams.csv" in run.output


def test_a_quotation_mark_that_is_never_closed_is_named(family, take_in):
    family.add("contacts")
    with (family.path / "contacts.csv").open("a") as file:
        file.write('C2,F1,P1,stockwell-hv,phone,2016-04-21,attended,,,,,,"All well\nC3,F1\n')

    assert stopped(take_in(family), "contacts.csv:3: a quotation mark in this row is never closed.")


def test_a_line_of_more_than_a_megabyte_is_named(family, take_in):
    family.add("contacts", note="x" * LONGEST)

    assert stopped(take_in(family), "contacts.csv:2: this row is longer than a megabyte.")


def test_quotation_marks_within_a_cell_are_refused_with_the_family(family, take_in):
    family.add("contacts")
    with (family.path / "contacts.csv").open("a") as file:
        file.write('C2,F1,P1,stockwell-hv,phone,2016-04-21,attended,,,,,,"She said "yes", twice"\n')
    run = take_in(family)

    assert run.problems[0].startswith("contacts.csv:3: row: its quotation marks do not add up")
    assert run.waits == ["Family F1 waits: contacts.csv:3"]


def test_too_many_and_too_few_cells_are_refused(family, take_in):
    with (family.path / "families.csv").open("a") as file:
        file.write("F2,Eze\nF3,Silva, Santos,stockwell-hv\n")
    run = take_in(family)

    assert run.problems == [
        "families.csv:3: row: this has 2 cells where the header has 3. Put cells that hold commas "
        "in quotation marks.",
        "families.csv:4: row: this has 4 cells where the header has 3. Put cells that hold commas "
        "in quotation marks.",
    ]


def test_whatever_is_in_a_note_stays_as_it_is(family, take_in):
    note = "Rang\ttwice; “no answer”.\r\n\\N \\. \\x41 %s {} 👶🏾 e\u0301 \u200f ' \" ,,"
    family.add("contacts", note=note)
    assert take_in(family).code == 0

    assert Contact.objects.get().note == note
