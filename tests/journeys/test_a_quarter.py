"""A quarter written by hand, and its figures worked out by hand.

`first_quarter/` is what an agency would send for April to June 2016. Every child in it stands for
one edge of a definition; the working is beside each expectation.
"""

import csv
from pathlib import Path

import pytest
from django.core.management import call_command

FIRST_QUARTER = Path(__file__).parent / "first_quarter"
WARDS = {
    "Coldharbour": "E05000420",
    "Stockwell": "E05000429",
    "Tulse Hill": "E05000435",
    "Vassall": "E05000436",
    "LEAP": "LEAP",
}

# (counted, of whom) in Coldharbour, Stockwell, Tulse Hill, Vassall, LEAP
BY_HAND = {
    # Turning 30 days: Ama on 1 April, Bruno on 30 June; Cora on 31 March, Dayo on 1 July are out.
    # Faiza died on her 30th day and is out, Finn on his 31st and is in. Gloria moved from Stockwell
    # to Tulse Hill on the day. Joy has two homes; the first listed counts. Ivo lives outside.
    "new_birth_visit_14": [(2, 2), (1, 3), (2, 2), (0, 2), (5, 9)],
    # Bruno on day 15; Hana at 23:15 UTC on day 14, which is day 15 in London; Joy on day 31.
    # Kai's second visit, on day 20, was not his first.
    "new_birth_visit_30": [(0, 2), (1, 3), (0, 2), (1, 2), (2, 9)],
    # Turning 56 days: Ama seen on the day itself, Gloria a day late, Ese not brought.
    "review_6_8_weeks": [(1, 2), (1, 2), (1, 2), (1, 1), (4, 7)],
    # Sade on her birthday; Uma a day after hers, which is 30 June.
    "review_1_year": [(1, 1), (0, 1), (0, 0), (0, 0), (1, 2)],
    "review_1_year_by_15": [(0, 0), (1, 1), (0, 0), (0, 0), (1, 1)],
    # Wren, born on 31 December, is thirty months old on 30 June.
    "review_2_year": [(0, 0), (0, 0), (0, 0), (1, 1), (1, 1)],
    # Efe and Ese, Gloria (born in Stockwell), Kai; Ivo lives outside.
    "breastfed_first_feed": [(1, 2), (1, 1), (1, 1), (0, 0), (3, 4)],
    # The twins' mother is one delivery, and yes came after no; Gloria's was recorded on day 31;
    # Kai's thirty days before.
    "smoking_at_delivery": [(1, 1), (0, 0), (0, 1), (0, 1), (1, 3)],
    # Efe was born at 36 weeks; Kai at 37 with 2,499 g; Gloria 3,200 g.
    "low_birth_weight_term": [(0, 0), (0, 1), (1, 1), (0, 0), (1, 2)],
    # Adwoa's first booking was last year; Kate 29.9, Helen 30.0.
    "obese_at_booking": [(0, 0), (0, 0), (0, 1), (1, 1), (1, 2)],
    # Quincy's BMI is 20.0, Rosa's 15.0.
    "excess_weight_age_4": [(0, 1), (1, 1), (0, 0), (0, 0), (1, 2)],
    "obesity_age_4": [(0, 1), (1, 1), (0, 0), (0, 0), (1, 2)],
    # Nadia is below in one domain; Omar's were recorded on the day; Pia has four of five.
    "development_2_years": [(1, 1), (0, 0), (0, 0), (0, 1), (1, 2)],
    "development_2_years_communication": [(1, 1), (0, 0), (0, 0), (1, 1), (2, 2)],
    "development_2_years_gross_motor": [(1, 1), (0, 0), (0, 0), (0, 1), (1, 2)],
    # Beatriz and Gabriela were asked; Ebere was not alone, Kate declined, Helen was asked in July.
    "enquiry_domestic_abuse": [(0, 1), (2, 2), (0, 1), (0, 1), (2, 5)],
    # Adwoa, Ebere on day 56 (once, for twins), Kate; Jade before the birth, Gabriela on day 57.
    "mood_screened": [(1, 1), (1, 2), (1, 2), (0, 1), (3, 6)],
    # Lena turns four on 30 June and is out, Malik on 1 July; Malik walked in; Dayo did not attend.
    "reach_children": [(4, 4), (5, 7), (2, 2), (4, 5), (15, 18)],
    # Efe: two contacts and a session. Kai: three contacts.
    "reach_sustained": [(1, 4), (0, 7), (1, 2), (0, 5), (2, 18)],
    # Kofi, Jerome (a member of the other home only), grandfather Obi, Karl, Osman.
    "father_present": [(2, 4), (2, 5), (1, 4), (0, 4), (5, 17)],
    # Gloria while she lived in Stockwell, and Ese; no access to Bruno; Hana's was cancelled.
    "was_not_brought": [(1, 5), (1, 7), (0, 4), (0, 4), (2, 20)],
    # Sent on Friday before the May bank holiday, acknowledged late on Tuesday; one acknowledged a
    # day late; one declined without a word. Cora's fell due on 29 March, after Easter.
    "referral_in_time": [(0, 0), (1, 1), (0, 1), (0, 1), (1, 3)],
}


@pytest.fixture
def exported(transactional_db, tmp_path):
    call_command("import_records", str(FIRST_QUARTER))
    call_command("rebuild_outcomes", "--as-at", "2016-09-30", "--periods", "2016-Q1")
    output = tmp_path / "figures.csv"
    call_command("export_figures", "--period", "2016-Q1", "--disclosive", "--output", str(output))
    with output.open(newline="", encoding="utf-8") as lines:
        return {(row["indicator"], row["area_code"]): row for row in csv.DictReader(lines)}


def test_every_figure_is_as_worked_out_by_hand(exported):
    for indicator, expected in BY_HAND.items():
        rows = [exported[indicator, code] for code in WARDS.values()]
        assert [(int(r["numerator"]), int(r["denominator"])) for r in rows] == expected, indicator


def test_feeding_is_published_only_where_it_is_known(exported):
    """Gloria's was recorded a day late: half of Tulse Hill is unknown, and a seventh of LEAP."""
    notes = {name: exported["breastfed_6_8_weeks", code]["note"] for name, code in WARDS.items()}
    values = {name: exported["breastfed_6_8_weeks", code]["value"] for name, code in WARDS.items()}

    assert notes["Tulse Hill"] == notes["LEAP"] == "[x]"
    assert values["Tulse Hill"] == values["LEAP"] == ""
    # Ama's last was none; of Efe's two on one day the later row counts.
    assert float(values["Stockwell"]) == 0.5
    assert float(values["Coldharbour"]) == 0.5
    assert float(values["Vassall"]) == 1


def test_a_share_comes_with_its_interval(exported):
    row = exported["new_birth_visit_14", "LEAP"]

    # Wilson's limits for 5 of 9, worked out on paper.
    assert float(row["value"]) == pytest.approx(5 / 9)
    assert float(row["lower"]) == pytest.approx(0.26665, abs=1e-5)
    assert float(row["upper"]) == pytest.approx(0.81122, abs=1e-5)


def test_a_share_of_nobody_is_no_value(exported):
    assert exported["review_2_year", WARDS["Stockwell"]]["value"] == ""
