"""Another engine counts the same from the same records: its joins, its dates, its order of rows."""

import pytest

from leap.ops.benchmarks import columnar
from outcomes.calculation import counting
from outcomes.calculation.growth_cutoffs import fill_growth_cutoffs
from outcomes.indicators import INDICATORS
from outcomes.periods import periods_overlapping
from tests.demo.conftest import AS_AT

NOBODY = (0, 0, 0)


@pytest.fixture
def periods():
    first = AS_AT.replace(year=AS_AT.year - 2)
    return [period for period in periods_overlapping(first, AS_AT) if "-Q" in period.code]


def test_every_count_of_two_years_is_the_same(lambeth, db, periods):
    fill_growth_cutoffs()
    copy = columnar.copied(list(INDICATORS.values()))
    theirs = columnar.count_everything(copy, periods, AS_AT)

    ours = {}
    for sharing in counting.indicators_by_population(INDICATORS.values()):
        for code, counts in counting.count(sharing, periods, AS_AT).items():
            for one in counts:
                numbers = (one.numerator, one.denominator, one.known)
                ours[code, one.period.code, one.area_code] = numbers
    counted = {key: numbers for key, numbers in ours.items() if numbers != NOBODY}

    assert {code for code, *_ in counted} == set(INDICATORS)
    assert {key: numbers for key, numbers in theirs.items() if numbers != NOBODY} == counted
