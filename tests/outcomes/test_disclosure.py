"""No small count leaves the partnership, and none can be worked out from what does."""

from datetime import date
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from leap.directory.models import LEAP, LEAP_WARDS
from outcomes import disclosure
from outcomes.disclosure import controlled, hidden, nearest

LATER = date(2020, 1, 1)
COLDHARBOUR, STOCKWELL, TULSE_HILL, VASSALL = LEAP_WARDS
Q1 = "2016-Q1"
MONTHS = ("2016-04", "2016-05", "2016-06")


def wards(*parts, period=Q1):
    """Counts of four wards and their sum; each ward's whole is a hundred."""
    counts = {(ward, period): (part, 100) for ward, part in zip(LEAP_WARDS, parts, strict=True)}
    return counts | {(LEAP, period): (sum(parts), 400)}


def hidden_areas(*parts):
    return {area for area, _ in hidden(wards(*parts), LATER)}


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

    assert {area for area, _ in hidden(counts, LATER)} == {STOCKWELL, TULSE_HILL}


def test_a_small_whole_hides_its_figure():
    counts = wards(8, 9, 10, 11) | {(STOCKWELL, Q1): (0, 5)}

    assert (STOCKWELL, Q1) in hidden(counts, LATER)


def test_a_month_cannot_be_had_from_its_quarter():
    counts = {(STOCKWELL, month): (n, 90) for month, n in zip(MONTHS, (20, 5, 30), strict=True)}
    counts[STOCKWELL, Q1] = (55, 270)

    assert hidden(counts, LATER) == {(STOCKWELL, "2016-05"), (STOCKWELL, "2016-04")}


def test_a_quarter_without_its_months_gives_nothing_away():
    counts = {(STOCKWELL, Q1): (55, 270), (STOCKWELL, "2016-05"): (5, 90)}

    assert hidden(counts, LATER) == {(STOCKWELL, "2016-05")}


def test_a_quarter_that_is_not_over_is_the_sum_of_its_months_so_far():
    counts = {(STOCKWELL, "2016-04"): (5, 90), (STOCKWELL, "2016-05"): (30, 90)}
    counts[STOCKWELL, Q1] = (35, 180)

    assert (STOCKWELL, "2016-05") in hidden(counts, date(2016, 5, 31))


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


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), min_size=12, max_size=12))
def test_no_hidden_count_follows_from_a_total(values):
    counts = figures(values)
    gone = hidden(counts, LATER)

    for total, parts in SUMS:
        unknown = [cell for cell in (total, *parts) if cell in gone]
        assert len(unknown) != 1
        if unknown and total not in gone:
            together = sum(counts[cell][0] for cell in unknown)
            assert not 0 < together < 8
    for cell, (part, _) in counts.items():
        assert cell in gone or not 0 < part < 8


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), min_size=12, max_size=12))
def test_no_hidden_count_follows_from_all_totals_together(values):
    """Even to somebody who knows every count that is shown before it was rounded: for each hidden
    one there is another set of numbers that adds up just as well."""
    from scipy.linalg import null_space

    counts = figures(values)
    gone = sorted(hidden(counts, LATER))
    rows = [
        [(-1 if cell == total else 1) if cell in (total, *parts) else 0 for cell in gone]
        for total, parts in SUMS
    ]
    if gone:
        free = null_space(rows)
        assert all(abs(free[place]).max() > 1e-9 for place in range(len(gone)))


def test_a_cell_between_two_squares_is_found():
    """Every line has two hidden cells, and yet one of them is determined."""
    line = disclosure.Line
    a, b, c, d = (("x", str(n)) for n in range(4))
    total = ("t", "1")
    lines = [line(total, (a, b)), line(total, (a, b, c))]

    assert disclosure.determined(lines, {a, b, c}) == {c}
    assert disclosure.determined([line(total, (a, d))], {a, d}) == set()


def figure(**fields):
    usual = {"numerator": 62, "denominator": 78, "known": None, "note": "", "hidden": False}
    return SimpleNamespace(**usual | {"value": 0.794872, "lower": 0.69, "upper": 0.87012} | fields)


def test_counts_to_the_nearest_five_and_the_share_from_them():
    shown = controlled(figure())

    assert (shown.numerator, shown.denominator, shown.value) == (60, 80, 0.75)
    assert (shown.lower, shown.upper) == (0.69, 0.87)  # of 62 in 78, to a tenth of a point
    assert [nearest(n) for n in (0, 8, 12, 13, 17)] == [0, 10, 10, 15, 15]


def test_what_is_hidden_is_hidden_whole():
    shown = controlled(figure(hidden=True, note="[p]"))

    assert shown.note == "[c] [p]"
    assert (shown.numerator, shown.denominator, shown.value, shown.lower, shown.upper) == (
        None,
    ) * 5


def test_a_figure_without_a_value_keeps_its_counts_and_its_reason():
    shown = controlled(figure(value=None, lower=None, upper=None, known=70, note="[x]"))

    assert (shown.value, shown.note, shown.known) == (None, "[x]", 70)
    assert shown.share_known == 0.85  # of 70 in 78, nearly 0.9, down to a twentieth


def test_what_is_published_at_95_percent_known_is_not_shown_with_less():
    shown = controlled(figure(numerator=15, denominator=23, known=22))

    assert (shown.known, shown.denominator, shown.share_known) == (20, 25, 0.95)
