"""Nothing that is hidden can be worked back from all that is published together: a mixed-integer
programme over a generated population finds room around every hidden count."""

import random
from datetime import date
from types import SimpleNamespace

import pytest

from leap.core.reference_data.models import LEAP, LEAP_WARDS
from outcomes import disclosure, periods
from outcomes.disclosure import bounds
from outcomes.disclosure.bounds import LEAST_ROOM
from outcomes.disclosure.tables import AtLeast, CellTable, SumOfCells, is_small

OVER = date(2030, 1, 1)
YEAR = periods.periods_overlapping(date(2016, 4, 1), date(2017, 3, 31))
QUARTER = [period for period in YEAR if period.kind != periods.YEAR][:3] + [
    period for period in YEAR if period.code == "2016-Q1"
]
DOMAINS = ("communication", "gross_motor", "fine_motor", "problem_solving", "personal_social")


def reviews(chance):
    """Each child: seen within 14 days, on days 15 to 30, or not at all."""
    review = chance.choices(("new_birth_visit_14", "new_birth_visit_30", ""), (80, 12, 8))[0]
    return {"new_birth_visit_14", "new_birth_visit_30"}, {review}, set()


def weights(chance):
    """Each child: of a healthy weight, overweight, or obese as well."""
    met = chance.choices(
        (set(), {"excess_weight_age_4"}, {"excess_weight_age_4", "obesity_age_4"}), (75, 13, 12)
    )[0]
    return {"excess_weight_age_4", "obesity_age_4"}, met, set()


def feeding(chance):
    """Each child: reviewed or not, its feeding known or not, breastfed or not."""
    known = chance.random() < 0.96
    met = {"review_6_8_weeks"} if chance.random() < 0.85 else set()
    if known and chance.random() < 0.6:
        met.add("breastfed_6_8_weeks")
    known_of = {"breastfed_6_8_weeks"} if known else set()
    return {"review_6_8_weeks", "breastfed_6_8_weeks"}, met, known_of


def development(chance):
    """Each child: below the cut-off in some domains or none."""
    fine = {f"development_2_years_{name}" for name in DOMAINS if chance.random() > 0.06}
    met = fine | ({"development_2_years"} if len(fine) == len(DOMAINS) else set())
    return {"development_2_years", *(f"development_2_years_{n}" for n in DOMAINS)}, met, set()


def contacts(chance):
    """Each contact: attended with a father there or not, not brought, or nobody at home."""
    outcome = chance.choices(("attended", "not brought", "no access"), (85, 10, 5))[0]
    if outcome == "attended":
        met = {"father_present"} if chance.random() < 0.2 else set()
        return {"father_present", "was_not_brought"}, met, set()
    return {"was_not_brought"}, {"was_not_brought"} if outcome == "not brought" else set(), set()


def figures(of, in_periods, seed, each_month=8):
    """Figures of a generated population: so many units a month in each ward."""
    chance = random.Random(seed)
    counts = {}
    for month in (period for period in in_periods if period.kind == periods.MONTH):
        holding = [p.code for p in in_periods if p.starts_on <= month.starts_on <= p.ends_on]
        for ward in LEAP_WARDS:
            for _ in range(chance.randint(each_month - 5, each_month + 5)):
                among, met, known = of(chance)
                for code in among:
                    for place in ((area, code_) for area in (ward, LEAP) for code_ in holding):
                        count = counts.setdefault((code, *place), [0, 0, 0])
                        count[0] += code in met
                        count[1] += 1
                        count[2] += code in known
    return [
        SimpleNamespace(
            indicator=code,
            area_code=area,
            period=period,
            breakdown="",
            category="",
            numerator=part,
            denominator=whole,
            known=known if code == "breastfed_6_8_weeks" else None,
        )
        for (code, area, period), (part, whole, known) in counts.items()
    ]


def hidden_of(figures, decided):
    """The hidden cells, from what was decided of each figure."""
    published = disclosure.tabulate(figures)
    cells = set()
    for figure in figures:
        figure_cells, decision = published.cells[disclosure.name_of(figure)], decided(figure)
        cells |= {figure_cells.numerator} if decision.numerator else set()
        cells |= {figure_cells.denominator} if decision.denominator else set()
        cells |= {figure_cells.known} if decision.known else set()
    return cells


@pytest.mark.parametrize(
    ("of", "in_periods", "each_month"),
    [
        (reviews, QUARTER, 8),
        (reviews, YEAR, 40),
        (weights, YEAR, 10),
        (feeding, YEAR, 9),
        (contacts, YEAR, 12),
        (development, QUARTER, 12),
    ],
)
def test_no_hidden_count_can_be_worked_back(of, in_periods, each_month):
    generated = figures(of, in_periods, seed=each_month, each_month=each_month)
    decided = disclosure.decide(generated, OVER)
    hidden = hidden_of(generated, lambda figure: decided[disclosure.name_of(figure)])
    table = disclosure.table_of(generated, OVER)

    rooms = [cell_bounds.room for cell_bounds in bounds.audit(table, hidden, whole=True).values()]

    assert len(rooms) == len(hidden) > 10
    assert min(rooms) >= LEAST_ROOM
    assert all(cell in hidden for cell, counts in table.counts.items() if is_small(counts[0]))


# A few cells written down by hand, each with what somebody could conclude


def cell(name):
    return (name,)


def table(numbers, lines=(), comparisons=()):
    return CellTable(
        {cell(name): (number,) for name, number in numbers.items()},
        tuple(SumOfCells(cell(total), tuple(map(cell, parts))) for total, parts in lines),
        tuple(AtLeast(tuple(map(cell, m)), tuple(map(cell, less))) for m, less in comparisons),
    )


def test_a_sum_of_rounded_counts_still_has_bounds():
    """8 and 8 are shown as 10 each, 17 as 15: the 1 that is left can be 0 or 1."""
    cell_table = table({"all": 17, "a": 8, "b": 8, "c": 1}, [("all", "abc")])

    [cell_bounds] = bounds.audit(cell_table, {cell("c")}, whole=True).values()

    assert (cell_bounds.low, cell_bounds.high) == (0, 1)


def test_what_is_no_more_than_something_else_has_bounds_too():
    """Of 8 to 12 children 8 or more were seen in time: no more than 4 can have been seen late."""
    cell_table = table({"of": 10, "early": 9, "late": 1}, comparisons=[(["of"], ["early", "late"])])

    [cell_bounds] = bounds.audit(cell_table, {cell("late")}, whole=True).values()

    assert (cell_bounds.low, cell_bounds.high) == (0, 4)


@pytest.mark.parametrize(
    ("numbers", "lines"),
    [
        ({"all": 17, "a": 8, "b": 8, "c": 1}, [("all", "abc")]),
        ({"all": 24, "a": 8, "b": 8, "c": 8, "d": 0}, [("all", "abcd")]),
        ({"all": 33, "a": 12, "b": 13, "c": 3, "d": 5}, [("all", "abcd"), ("c", "d")]),
        ({"all": 10, "x": 9, "y": 1, "a": 9, "b": 1}, [("all", "xy"), ("all", "ab")]),
    ],
)
def test_what_is_too_narrow_is_widened(numbers, lines):
    lines = [line for line in lines if numbers[line[0]] == sum(numbers[part] for part in line[1])]
    cell_table = table(numbers, lines)

    hidden = disclosure.suppressed_cells_in(cell_table.counts, cell_table.lines)

    rooms = [
        cell_bounds.room for cell_bounds in bounds.audit(cell_table, hidden, whole=True).values()
    ]
    assert all(room >= LEAST_ROOM for room in rooms)
    assert {cell(name) for name, number in numbers.items() if is_small(number)} <= hidden


def test_a_published_table_with_small_counts_is_protected():
    """From a user's question to the makers of GaussSuppression: five columns, two rows."""
    rows = [(1, 1, 7, 1, 0), (1, 0, 0, 2, 8)]
    numbers = {f"{r}{c}": n for r, row in zip("ab", rows, strict=True) for c, n in enumerate(row)}
    numbers |= {f"t{c}": rows[0][c] + rows[1][c] for c in range(5)}
    numbers |= {"at": sum(rows[0]), "bt": sum(rows[1]), "tt": sum(map(sum, rows))}
    names = [f"{r}{c}" for r in "abt" for c in "01234t"]
    counts = {cell(name): (numbers[name],) for name in names}
    lines = [SumOfCells(cell(f"{r}t"), tuple(cell(f"{r}{c}") for c in range(5))) for r in "abt"]
    lines += [SumOfCells(cell(f"t{c}"), (cell(f"a{c}"), cell(f"b{c}"))) for c in "01234t"]

    hidden = disclosure.suppressed_cells_in(counts, lines)

    audited = bounds.audit(CellTable(counts, tuple(lines)), hidden, whole=True)
    assert min(cell_bounds.room for cell_bounds in audited.values()) >= LEAST_ROOM


@pytest.mark.parametrize("of", [reviews, weights, feeding, development, contacts])
def test_the_same_counts_hide_the_same_cells_in_whatever_order_they_are_read(of):
    rows = figures(of, QUARTER, seed=5)
    decided = disclosure.decide(rows, OVER)
    assert any(decision.numerator for decision in decided.values())
    for seed in range(8):
        assert disclosure.decide(random.Random(seed).sample(rows, len(rows)), OVER) == decided
