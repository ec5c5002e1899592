"""Indicators that count the same people are protected together: a count that is hidden of one is
hidden of the others, and what is compared is looked at as one."""

import random
from datetime import date, timedelta

import pytest

from leap.core.reference_data.models import LEAP_WARDS
from outcomes import disclosure, periods
from outcomes.calculation.counting import count, indicators_by_population
from outcomes.calculation.growth_cutoffs import fill_growth_cutoffs
from outcomes.disclosure.figures import groups
from outcomes.indicators import COHORTS, COMPARISONS, INDICATORS
from outcomes.indicators.development import DOMAINS
from outcomes.indicators.registry import DENOMINATOR, KNOWN, NUMERATOR
from outcomes.models import Figure
from tests.reports.conftest import area, publish

OVER = date(2020, 1, 1)
PERIODS = periods.periods_overlapping(date(2016, 4, 1), date(2016, 9, 30))


@pytest.fixture
def a_population(lives):
    """Children born over half a year with reviews, feeds, scores and findings, as chance has it."""
    chance = random.Random(9)
    for _ in range(45):
        a_birth(lives, chance)
    for _ in range(25):
        an_assessment(lives, chance)
    for _ in range(15):
        a_measurement(lives, chance)


def a_ward(chance):
    return chance.choice(list(LEAP_WARDS.values()))


def a_day(chance):
    return date(2016, 4, 1) + timedelta(days=chance.randint(0, 180))


def a_birth(lives, chance):
    born = a_day(chance) - timedelta(days=30)
    family, ward = lives.family(), a_ward(chance)
    mother = lives.mother(family, ward=ward)
    children = [lives.child(born, family, ward=ward) for _ in range(chance.choice((1, 1, 2)))]
    for kind, day in (("new_birth", chance.choice((9, 13, 20, 45))), ("six_to_eight_week", 50)):
        outcome = chance.choice(("attended", "attended", "was_not_brought", "no_access"))
        on = born + timedelta(day)
        lives.contact(on, *children, present=[mother], outcome=outcome, review=kind)
    for child in children:
        lives.observation(child, "first_feed", born, chance.choice(("breast_milk", "other")))
        if chance.random() < 0.9:
            fed = chance.choice(("exclusive", "partial", "none"))
            lives.observation(child, "feeding_6_8_weeks", born + timedelta(52), fed)
    if chance.random() < 0.7:
        lives.observation(mother, "epds_total", born + timedelta(40), 5)


def an_assessment(lives, chance):
    child, on = lives.child(date(2013, 11, 1), ward=a_ward(chance)), a_day(chance)
    lives.contact(on, child, review="two_year")
    for domain in DOMAINS:
        lives.observation(child, f"asq3_{domain}", on, chance.choice(("above", "above", "below")))


def a_measurement(lives, chance):
    five_on = a_day(chance)
    child = lives.child(five_on.replace(year=2011), ward=a_ward(chance), sex="male")
    lives.observation(child, "height_cm", five_on - timedelta(40), 108)
    lives.observation(child, "weight_kg", five_on - timedelta(40), chance.choice((17, 19.8, 23)))


@pytest.fixture
def counts(a_population):
    """The counts of every indicator in every place, by indicator, area and period."""
    fill_growth_cutoffs()
    by_place = {}
    for indicators in indicators_by_population(INDICATORS.values()):
        for code, group in count(indicators, PERIODS, OVER).items():
            by_place |= {(code, one.area_code, one.period.code): one for one in group}
    return by_place


def test_what_is_declared_to_hang_together_does(counts):
    places = {key[1:] for key in counts}
    of = {NUMERATOR: "numerator", DENOMINATOR: "denominator", KNOWN: "known"}

    def total(side, place):
        return sum(getattr(counts[code, *place], of[which]) for code, which in side)

    for comparison in COMPARISONS:
        assert any(total(comparison.more, place) for place in places), comparison
        for place in places:
            assert total(comparison.less, place) <= total(comparison.more, place), comparison


def test_indicators_out_of_the_same_people_are_declared_to_be(counts):
    """Those that come to the same in every place, here where chance made the places differ."""
    places = sorted({key[1:] for key in counts})
    same = {
        code: tuple(counts[code, *place].denominator for place in places) for code in INDICATORS
    }
    for one, numbers in same.items():
        for other, others in same.items():
            if any(numbers) and numbers == others:
                assert COHORTS[one] == COHORTS[other], (one, other)
            if COHORTS[one] == COHORTS[other]:
                assert numbers == others, (one, other)


def test_a_group_holds_all_that_hang_together():
    assert groups(["new_birth_visit_30"]) == [{"new_birth_visit_14", "new_birth_visit_30"}]
    assert groups(["obesity_age_4"]) == [{"obesity_age_4", "excess_weight_age_4"}]
    assert groups(["father_present"]) == [{"father_present", "was_not_brought"}]
    assert groups(["breastfed_6_8_weeks"]) == [{"breastfed_6_8_weeks", "review_6_8_weeks"}]
    assert groups(["reach_sustained"]) == [{"reach_children", "reach_sustained"}]
    assert [len(group) for group in groups(["development_2_years_fine_motor"])] == [6]
    assert groups(["retired"]) == [{"retired"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("new_birth_visit_14", "new_birth_visit_30"),
        ("review_6_8_weeks", "breastfed_6_8_weeks"),
        ("reach_children", "reach_sustained"),
        ("excess_weight_age_4", "obesity_age_4"),
        ("development_2_years", "development_2_years_communication"),
    ],
)
def test_a_denominator_is_hidden_of_all_or_of_none(db, one, other):
    """Vassall has six children: out of how many must be in neither of two figures."""
    wholes = (60, 70, 80, 6)
    publish(
        {
            one: tuple((whole // 2, whole, whole) for whole in wholes),
            other: tuple((0, whole, whole) for whole in wholes),
        }
    )

    figures = Figure.objects.published()
    hidden = {
        code: set(
            figures.filter(indicator=code, denominator_hidden=True).values_list(
                "area_code", flat=True
            )
        )
        for code in (one, other)
    }
    assert hidden[one] == hidden[other]
    assert area("Vassall") in hidden[one]
    assert len(hidden[one]) == 2  # and another, or LEAP less the rest would be the six


def test_a_small_part_does_not_hide_the_other_part(db):
    """Three were seen late. How many there are, and how many in time, is not small."""
    wards = ((60, 70), (55, 70), (65, 72), (58, 75))
    late = ((9, 70), (12, 70), (3, 72), (10, 75))
    publish({"new_birth_visit_14": wards, "new_birth_visit_30": late})

    published = {
        (figure.indicator, figure.area_code): disclosure.controlled(figure)
        for figure in Figure.objects.published()
    }
    tulse_hill = area("Tulse Hill")
    assert published["new_birth_visit_14", tulse_hill].value == 65 / 70
    late_there = published["new_birth_visit_30", tulse_hill]
    assert (late_there.numerator, late_there.denominator, late_there.note) == (None, 70, "[c]")


@pytest.mark.parametrize(
    ("code", "is_hidden"),
    [
        ("enquiry_domestic_abuse", True),
        ("smoking_at_delivery", True),
        ("development_2_years", True),
        ("mood_screened", True),
        ("new_birth_visit_14", False),
        ("review_1_year", False),
    ],
)
def test_all_but_a_few_is_few_where_it_is_sensitive(db, code, is_hidden):
    publish({code: ((57, 60), (40, 60), (30, 60), (35, 60))})

    figure = Figure.objects.published().get(area_code=area("Coldharbour"))

    assert figure.hidden is is_hidden
    assert not figure.denominator_hidden
    # LEAP less the other wards would give the three away.
    assert Figure.objects.published().filter(hidden=True).count() == (2 if is_hidden else 0)
