"""Figures as a file: at the terminal, and from the page."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from leap.core.audit.models import Event
from outcomes import periods
from outcomes.calculation import nights, steps
from outcomes.figures import exports

COLUMNS = (
    "indicator,version,area_code,area_name,period,breakdown,category,"
    "numerator,denominator,value,lower,upper,note"
)
BORN = date(2016, 4, 10)


@pytest.fixture
def a_quarter(lives):
    """Stockwell: 9 of 12 seen. Vassall: 2 of 10. Coldharbour: 10 of 10. Tulse Hill: nobody."""
    for ward, reviewed, children in (
        ("Stockwell", 9, 12),
        ("Vassall", 2, 10),
        ("Coldharbour", 10, 10),
    ):
        for number in range(children):
            child = lives.child(BORN, ward=ward)
            if number < reviewed:
                lives.contact(BORN + timedelta(10), child, review="new_birth")
    night = nights.start_night(
        as_at=date(2016, 9, 30),
        periods=[periods.parse("2016-Q1")],
        indicators=["new_birth_visit_14", "breastfed_6_8_weeks"],
    )
    assert nights.process_steps(night=night)


def rows(text, indicator="new_birth_visit_14"):
    return {
        (row["area_name"], row["category"]): row
        for row in csv.DictReader(io.StringIO(text))
        if row["indicator"] == indicator
    }


@pytest.fixture
def export(a_quarter, tmp_path):
    def run(*options):
        output = tmp_path / "figures.csv"
        call_command("export_figures", "--period", "2016-Q1", *options, "--output", str(output))
        return output.read_bytes().decode()

    return run


def test_the_columns_are_those_agreed(export):
    assert export().splitlines()[0] == COLUMNS


def test_exact_figures_are_in_full(export):
    stockwell = rows(export("--disclosive"))["Stockwell", ""]

    assert (stockwell["numerator"], stockwell["denominator"]) == ("9", "12")
    assert float(stockwell["value"]) == 9 / 12
    # Wilson's lower limit for 9 of 12 is 0.46769, and not cut short.
    assert stockwell["lower"].startswith("0.46769")
    assert len(stockwell["lower"]) > 15


def test_others_are_rounded_and_the_small_hidden_with_company(export):
    """Vassall's 2 are hidden; with only them hidden, LEAP's 21 would give them away."""
    exported = rows(export())

    assert {area: row["note"] for (area, _), row in exported.items()} == {
        "Stockwell": "[c]",
        "Vassall": "[c]",
        "Coldharbour": "[low]",
        "Tulse Hill": "[x]",
        "LEAP (four wards)": "[low]",
    }
    vassall = exported["Vassall", ""]
    assert {vassall[c] for c in ("numerator", "value", "lower", "upper")} == {""}
    assert vassall["denominator"] == "10"  # how many children there are is not small
    leap = exported["LEAP (four wards)", ""]
    assert (leap["numerator"], leap["denominator"], leap["value"]) == ("20", "30", "")


def test_the_share_known_has_a_row_of_its_own(export):
    exported = rows(export("--disclosive"), "breastfed_6_8_weeks")
    known, feeding = exported["Stockwell", "known"], exported["Stockwell", ""]

    assert (known["breakdown"], known["numerator"], known["denominator"]) == ("status", "0", "12")
    assert (feeding["denominator"], feeding["value"], feeding["note"]) == ("12", "", "[x]")


def test_every_export_is_logged_with_what_left(export):
    export()
    export("--disclosive")

    events = Event.objects.filter(kind="figures.exported").order_by("pk")
    assert [event.details["disclosive"] for event in events] == [False, True]
    assert [event.details["size"] for event in events] == [10, 10]


def test_a_period_without_figures_gets_a_sentence(a_quarter, tmp_path):
    with pytest.raises(CommandError, match="There are no figures for 2016-Q2 yet"):
        call_command(
            "export_figures", "--period", "2016-Q1", "--period", "2016-Q2", "--output", "unused"
        )
    with pytest.raises(CommandError, match="“Q1” is not a period"):
        call_command("export_figures", "--period", "Q1", "--output", "unused")


def test_a_file_that_cannot_be_written_gets_a_sentence(a_quarter, tmp_path):
    with pytest.raises(CommandError, match="could not be written: No such file or directory"):
        call_command(
            "export_figures", "--period", "2016-Q1", "--output", str(tmp_path / "no" / "f.csv")
        )


def test_no_cell_is_a_formula():
    assert [exports.cell(text) for text in ("=1+1", "@x", "-1", "[c]", -1)] == [
        "'=1+1",
        "'@x",
        "'-1",
        "[c]",
        "-1",
    ]


def test_figures_of_a_night_that_is_not_published_are_in_no_file(export):
    night = nights.start_night(
        as_at=date(2016, 9, 30),
        periods=[periods.parse("2016-Q1")],
        indicators=["new_birth_visit_14"],
    )
    assert steps.work_some(night=night)

    assert len(rows(export("--disclosive"))) == 5
