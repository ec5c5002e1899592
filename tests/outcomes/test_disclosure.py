"""No small count leaves the partnership, and none can be worked out from what does."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leap.core.reference_data.models import LEAP, LEAP_WARDS
from outcomes import disclosure, statistics
from outcomes.disclosure import controlled, round_count, suppressed_cells
from outcomes.disclosure.suppression import determined_cells

LATER = date(2020, 1, 1)
COLDHARBOUR, STOCKWELL, TULSE_HILL, VASSALL = LEAP_WARDS
Q1 = "2016-Q1"
MONTHS = ("2016-04", "2016-05", "2016-06")


def wards(*parts, period=Q1):
    """Counts of four wards and their sum; each ward's whole is a hundred."""
    counts = {(ward, period): (part, 100) for ward, part in zip(LEAP_WARDS, parts, strict=True)}
    return counts | {(LEAP, period): (sum(parts), 400)}


def hidden_areas(*parts):
    return {area for area, _ in suppressed_cells(wards(*parts), LATER)}


def test_seven_is_hidden_and_eight_is_not():
    assert hidden_areas(8, 9, 10, 11) == set()
    assert STOCKWELL in hidden_areas(8, 7, 10, 11)


def test_nobody_is_nobody():
    assert hidden_areas(0, 9, 10, 11) == set()


def test_a_lone_hidden_ward_gets_the_next_smallest_for_company():
    assert hidden_areas(30, 7, 12, 11) == {STOCKWELL, VASSALL}


def test_two_hidden_wards_that_come_to_a_small_number_get_a_third():
    """LEAP less the two shown would be the 5 in the other two together."""
    assert hidden_areas(30, 2, 3, 12) == {STOCKWELL, TULSE_HILL, VASSALL}
    assert hidden_areas(30, 4, 5, 12) == {STOCKWELL, TULSE_HILL}


def test_a_ward_with_nobody_is_no_company_if_another_has_somebody():
    counts = wards(0, 5, 20, 30) | {(COLDHARBOUR, Q1): (0, 0)}

    assert {area for area, _ in suppressed_cells(counts, LATER)} == {STOCKWELL, TULSE_HILL}


def test_a_small_whole_hides_its_figure():
    counts = wards(8, 9, 10, 11) | {(STOCKWELL, Q1): (0, 5)}

    assert (STOCKWELL, Q1) in suppressed_cells(counts, LATER)


def test_a_month_cannot_be_had_from_its_quarter():
    counts = {(STOCKWELL, month): (n, 90) for month, n in zip(MONTHS, (20, 5, 30), strict=True)}
    counts[STOCKWELL, Q1] = (55, 270)

    assert suppressed_cells(counts, LATER) == {(STOCKWELL, "2016-05"), (STOCKWELL, "2016-04")}


def test_a_quarter_without_its_months_gives_nothing_away():
    counts = {(STOCKWELL, Q1): (55, 270), (STOCKWELL, "2016-05"): (5, 90)}

    assert suppressed_cells(counts, LATER) == {(STOCKWELL, "2016-05")}


def test_a_quarter_that_is_not_over_is_the_sum_of_its_months_so_far():
    counts = {(STOCKWELL, "2016-04"): (5, 90), (STOCKWELL, "2016-05"): (30, 90)}
    counts[STOCKWELL, Q1] = (35, 180)

    assert (STOCKWELL, "2016-05") in suppressed_cells(counts, date(2016, 5, 31))


def figures(values):
    """Counts of every ward, month and their sums, from twelve numbers."""
    cells = dict(zip(((w, m) for w in LEAP_WARDS for m in MONTHS), values, strict=True))
    cells |= {(w, Q1): sum(cells[w, m] for m in MONTHS) for w in LEAP_WARDS}
    for period in (*MONTHS, Q1):
        cells[LEAP, period] = sum(cells[w, period] for w in LEAP_WARDS)
    return {cell: (part, part * 2) for cell, part in cells.items()}


SUMS = [
    *(((LEAP, p), [(w, p) for w in LEAP_WARDS]) for p in (*MONTHS, Q1)),
    *(((a, Q1), [(a, m) for m in MONTHS]) for a in (*LEAP_WARDS, LEAP)),
]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 30), min_size=12, max_size=12))
def test_no_hidden_count_follows_from_a_total(values):
    counts = figures(values)
    gone = suppressed_cells(counts, LATER)

    for total, parts in SUMS:
        unknown = [cell for cell in (total, *parts) if cell in gone]
        assert len(unknown) != 1
        if unknown and total not in gone:
            together = sum(counts[cell][0] for cell in unknown)
            assert not 0 < together < 8
    for cell, (part, _) in counts.items():
        assert cell in gone or not 0 < part < 8


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 30), min_size=12, max_size=12))
def test_no_hidden_count_follows_from_all_totals_together(values):
    """Even to somebody who knows every count that is shown before it was rounded: for each hidden
    one there is another set of numbers that adds up just as well."""
    from scipy.linalg import null_space

    counts = figures(values)
    gone = sorted(suppressed_cells(counts, LATER))
    rows = [
        [(-1 if cell == total else 1) if cell in (total, *parts) else 0 for cell in gone]
        for total, parts in SUMS
    ]
    if gone:
        free = null_space(rows)
        assert all(abs(free[place]).max() > 1e-9 for place in range(len(gone)))


def test_a_cell_between_two_squares_is_found():
    """Every line has two hidden cells, and yet one of them is determined."""
    line = disclosure.SumOfCells
    a, b, c, d = (("x", str(n)) for n in range(4))
    total = ("t", "1")
    lines = [line(total, (a, b)), line(total, (a, b, c))]

    assert determined_cells(lines, {a, b, c}) == {c}
    assert determined_cells([line(total, (a, d))], {a, d}) == set()


def figure(**fields):
    usual = {"indicator": "breastfed_6_8_weeks", "known": None, "note": ""}
    usual |= {"numerator": 62, "denominator": 78, "value": 0.794872, "lower": 0.69, "upper": 0.87}
    usual |= {"hidden": False, "known_hidden": False, "denominator_hidden": False}
    return SimpleNamespace(**usual | fields)


def test_counts_to_the_nearest_five_and_everything_else_from_them():
    rounded = controlled(figure())

    assert (rounded.numerator, rounded.denominator, rounded.value) == (60, 80, 0.75)
    expected = statistics.wilson(60, 80)
    assert (rounded.lower, rounded.upper) == (expected.lower, expected.upper)
    assert [round_count(n) for n in (0, 8, 12, 13, 17)] == [0, 10, 10, 15, 15]


@settings(max_examples=300)
@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_what_is_shown_says_no_more_than_the_rounded_counts(whole, part, known):
    """Two figures that round alike are shown alike, and no share lies outside its interval."""
    known, part = min(known, whole), min(part, known, whole)
    exact = {"numerator": part, "denominator": whole, "known": known}
    rounded = {name: round_count(number) for name, number in exact.items()}
    published = controlled(figure(**exact, value=None))

    assert published == controlled(figure(**rounded, value=0.5, lower=0.1, upper=0.2))
    if published.value is not None:
        assert published.lower <= published.value <= published.upper
        assert published.denominator >= 50
        assert published.share_known >= 0.95
    elif published.denominator >= 50:
        assert (published.note, published.share_known < 0.95) == ("[x]", True)
    else:
        assert published.note == ("[low]" if published.denominator else "[x]")


@pytest.mark.parametrize(
    ("part", "whole", "note"),
    [(40, 47, "[low]"), (40, 48, ""), (0, 20, "[low]"), (0, 0, "[x]"), (9, 12, "[low]")],
)
def test_there_is_no_percentage_of_fewer_than_fifty_after_rounding(part, whole, note):
    published = controlled(figure(indicator="review_1_year", numerator=part, denominator=whole))

    assert published.note == note
    assert (published.value is None) == bool(note)
    assert (published.numerator, published.denominator) == (round_count(part), round_count(whole))


def test_each_count_is_hidden_by_itself_and_the_share_with_any():
    part = controlled(figure(hidden=True, note="[p]"))
    both = controlled(figure(hidden=True, denominator_hidden=True))
    nobody = controlled(figure(numerator=0, denominator_hidden=True))

    assert (part.numerator, part.denominator, part.note) == (None, 80, "[c] [p]")
    assert (both.numerator, both.denominator, both.note) == (None, None, "[c]")
    assert (nobody.numerator, nobody.denominator, nobody.note) == (0, None, "[c]")
    for published in (part, both, nobody):
        assert (published.value, published.lower, published.upper) == (None, None, None)


def test_a_figure_whose_status_is_not_known_keeps_its_counts_and_its_reason():
    published = controlled(figure(value=None, lower=None, upper=None, known=70, note="[x]"))

    assert (published.value, published.note, published.known) == (None, "[x]", 70)
    assert published.share_known == 70 / 80


def test_exact_figures_stay_exact():
    published = disclosure.exact(figure(numerator=9, denominator=12, value=0.75, hidden=True))

    assert (published.numerator, published.denominator, published.value) == (9, 12, 0.75)
