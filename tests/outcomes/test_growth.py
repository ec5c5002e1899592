"""Weight at age four, against the UK90 reference."""

from datetime import date

import pytest

from outcomes.calculation.growth_cutoffs import fill_growth_cutoffs
from outcomes.models import GrowthCutoff

BORN = date(2011, 5, 20)  # five on 20 May 2016


def measure(lives, child, on, kg, cm=105):
    lives.observation(child, "height_cm", on, cm)
    lives.observation(child, "weight_kg", on, kg)


def test_the_cut_offs_are_those_of_the_reference(db):
    """At exactly four UK90 has, for boys, L -1.291, M 15.752 and S 0.07684. By hand, at the 85th
    centile: 15.752 × (1 - 1.291 × 0.07684 × 1.036433) ^ (1 / -1.291) = 17.133."""
    fill_growth_cutoffs()
    boy = GrowthCutoff.objects.get(sex="male", age_days=1461)

    assert boy.overweight_from == pytest.approx(17.133, abs=1e-3)
    assert boy.obese_from == pytest.approx(18.083, abs=1e-3)
    assert GrowthCutoff.objects.count() == 2 * 366


def test_overweight_and_obese(lives, tally):
    # 105 cm: 16.5 kg is a BMI of 15.0, 19.5 kg one of 17.7, 22 kg one of 20.0.
    for kg in (16.5, 19.5, 22):
        measure(lives, lives.child(BORN, sex="male"), date(2016, 1, 10), kg)

    assert tally("excess_weight_age_4") == (2, 3)
    assert tally("obesity_age_4") == (1, 3)


def test_only_a_height_and_a_weight_of_one_day_at_age_four(lives, tally):
    apart, too_young, too_old, first_day, last_day = (
        lives.child(BORN, sex="female") for _ in range(5)
    )
    lives.observation(apart, "height_cm", date(2016, 1, 10), 105)
    lives.observation(apart, "weight_kg", date(2016, 1, 11), 22)
    measure(lives, too_young, date(2015, 5, 19), 22)
    measure(lives, too_old, date(2016, 5, 20), 22)
    measure(lives, first_day, date(2015, 5, 20), 22)
    measure(lives, last_day, date(2016, 5, 19), 22)

    assert tally("obesity_age_4") == (2, 2)


def test_the_latest_such_day_and_its_later_rows(lives, tally):
    child = lives.child(BORN, sex="female")
    measure(lives, child, date(2016, 1, 10), 22)
    measure(lives, child, date(2016, 3, 10), 22)
    lives.observation(child, "weight_kg", date(2016, 3, 10), 16.5)
    lives.observation(child, "height_cm", date(2016, 4, 1), 106)  # a height alone is no such day

    assert tally("obesity_age_4") == (0, 1)


def test_a_child_whose_sex_is_not_known_has_no_cut_off(lives, tally):
    measure(lives, lives.child(BORN, sex="unknown"), date(2016, 1, 10), 22)

    assert tally("obesity_age_4") == (0, 0)
