"""The size of a file does not matter, and nothing in it can stop the command half-way."""

import csv
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from families.models import Person
from leap.data_import.cells import ClockTime
from leap.data_import.csv_reader import CsvSource, read, rows
from leap.data_import.formats import BY_FILE, FORMATS
from leap.data_import.staging import count, make_tables, stage
from tests.data_import.conftest import HEADERS, ROOT

CLOCK = ClockTime.read()


def test_memory_stays_flat_however_long_a_file_is(db, tmp_path):
    path = tmp_path / "contacts.csv"
    with path.open("w") as file:
        file.write(HEADERS["contacts"] + "\n")
        for n in range(12_000):
            file.write(f"C{n},F1,P1,hv,phone,2016-04-20,attended,,,,,,{'long note ' * 200}\n")
    source = CsvSource(BY_FILE["contacts.csv"], path, 12_000)
    make_tables()

    tracemalloc.start()
    stage(source, read(source, CLOCK), lambda done: None)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count("SELECT FROM in_contacts") == 12_000
    assert path.stat().st_size > 20_000_000
    assert peak < 8_000_000


@pytest.mark.parametrize("many", [100, 300, 900])
def test_statements_do_not_grow_with_the_rows(family, take_in, django_assert_max_num_queries, many):
    for n in range(many):
        family.person(f"X{n}", f"G{n % 100}")
        family.add("contacts", contact_ref=f"C{n}", family_ref=f"G{n % 100}", person_refs=f"X{n}")
        family.add("observations", person_ref=f"X{n}", code="weight_kg", value="3")
    with django_assert_max_num_queries(400):
        assert take_in(family).code == 0

    assert Person.objects.count() == many + 2


def test_the_files_are_those_of_the_exchange_formats():
    ours = {
        format_.name: ",".join(column.name for column in format_.columns) for format_ in FORMATS
    }
    assert ours == HEADERS


def test_the_page_for_data_officers_names_every_file_and_column():
    page = (ROOT / "docs" / "importing.md").read_text()
    for name, header in HEADERS.items():
        assert f"`{name}.csv`" in page
        section = page.split(f"### `{name}.csv`")[1].split("###")[0]
        assert [c for c in header.split(",") if f"`{c}`" not in section] == []


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


@given(st.sampled_from(FORMATS), st.data())
def test_any_text_in_any_cell_is_read_or_refused_with_a_sentence(format_, data):
    texts_by_column = {column.name: data.draw(texts).strip() for column in format_.columns}
    row = format_.read(2, texts_by_column, CLOCK)

    for column, reason in row.problems:
        assert column in texts_by_column
        assert reason.isprintable()
        assert reason.endswith((".", "?"))


@given(table=st.lists(st.lists(texts, min_size=1, max_size=4), max_size=6))
def test_what_a_spreadsheet_writes_is_what_is_read(table, tmp_path_factory):
    path = tmp_path_factory.mktemp("sheet") / "contacts.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(table)

    cells_read = [cells for _, cells, _ in rows(path)]
    assert cells_read == [cells for cells in table if any(cell.strip() for cell in cells)]
