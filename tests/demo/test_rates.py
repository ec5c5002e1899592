"""Numbers near the published ones, over many draws: a practitioner would notice others."""

from types import SimpleNamespace

import pytest

from leap.ops.demo.births import WEEKS
from leap.ops.demo.growth import birth_weight, build, size
from leap.ops.demo.names import SHARES, ethnicity
from leap.ops.demo.reviews import LATER, NEW_BIRTH, when_due
from leap.ops.demo.seeded_random import chance_for
from tests.demo.conftest import AS_AT

DRAWS = 4000


@pytest.fixture
def chance():
    return chance_for(1, "rates")


@pytest.mark.parametrize(
    ("review", "within", "least", "most"),
    [
        (NEW_BIRTH, 14, 0.83, 0.88),
        (NEW_BIRTH, 30, 0.94, 0.98),
        (LATER[0], 56, 0.80, 0.86),
        (LATER[1], 365, 0.74, 0.79),
        (LATER[1], 456, 0.81, 0.87),
        (LATER[2], 913, 0.75, 0.81),
    ],
)
def test_reviews_are_as_timely_as_published(chance, review, within, least, most):
    born_on = AS_AT.replace(year=AS_AT.year - 2)
    done = 0
    for _ in range(DRAWS):
        story = SimpleNamespace(
            chance=chance,
            luck=chance.random(),
            world=SimpleNamespace(as_at=AS_AT),
            ward_on=lambda day: "E05000435",
        )
        day = when_due(story, review, born_on)
        done += day is not None and (day - born_on).days <= within
    assert least <= done / DRAWS <= most


def test_few_babies_born_at_term_are_light(chance):
    weeks = [chance.pick(WEEKS) for _ in range(DRAWS)]
    term = [birth_weight(chance, week, twin=False) for week in weeks if week >= 37]
    assert 0.015 <= sum(grams < 2500 for grams in term) / len(term) <= 0.045


@pytest.mark.parametrize(
    ("sex", "overweight", "obese"), [("female", 17.25, 18.39), ("male", 17.0, 17.92)]
)
def test_a_fifth_of_children_carry_excess_weight_at_four(chance, sex, overweight, obese):
    """The cut-offs are the 85th and 95th centiles of the UK90 reference at four and a half."""
    indices = []
    for _ in range(DRAWS):
        height, weight = size(build(chance), sex, 4.5)
        indices.append(weight / (height / 100) ** 2)
    assert 0.17 <= sum(bmi >= overweight for bmi in indices) / DRAWS <= 0.26
    assert 0.07 <= sum(bmi >= obese for bmi in indices) / DRAWS <= 0.13


def test_families_come_from_everywhere(chance):
    codes = [ethnicity(chance, chance.pick(SHARES)) for _ in range(DRAWS)]
    shares = {code: codes.count(code) / DRAWS for code in set(codes)}
    assert shares["A"] < 0.2
    assert shares["N"] > 0.2
    assert len(shares) >= 14
