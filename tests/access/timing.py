"""Whether time tells what is not visible from what is not there: python -m pytest -s on this file.

It is measured where nothing else runs, so it is no test of the suite's. Two hundred requests of
each, in turns; the medians and Mann and Whitney's probability that they are of one kind.
"""

from statistics import median
from time import perf_counter

import pytest
from scipy.stats import mannwhitneyu

from tests.access.places import place
from tests.access.test_not_there import ROUTES, nowhere
from tests.access.visits import visit

pytestmark = pytest.mark.django_db
TIMES = 200
MEASURED = (
    "families:family",
    "families:contact",
    "referrals:referral",
    "subject_access:request",
    "referrals:attachment",
    "families:change_person",
    "families:growth",
    "api:families-detail",
    "api:contacts-detail",
    "api:persons-detail",
    "api:referrals-detail",
)


@pytest.mark.parametrize("name", MEASURED)
def test_how_long_both_take(world, name):
    route = ROUTES[name]
    existing = route.at(place(route, world, world.kinds["not-involved"]))
    absent = nowhere(existing)
    for address in (existing, absent) * 10:
        seconds(world, address)
    taken = [seconds_of_both(world, existing, absent, number) for number in range(TIMES)]
    invisible, missing = zip(*taken, strict=True)
    p = mannwhitneyu(invisible, missing).pvalue
    print(f"{name}: {ms(invisible)} not visible, {ms(missing)} not there, p = {p:.2f}")


def seconds_of_both(world, existing, absent, number):
    """Both, and in the other order every other time, so that neither always comes first."""
    if number % 2:
        return seconds(world, existing), seconds(world, absent)
    last = seconds(world, absent)
    return seconds(world, existing), last


def seconds(world, address):
    begun = perf_counter()
    visit(world.browsers["elsewhere"], "GET", address)
    return perf_counter() - begun


def ms(durations):
    return f"{median(durations) * 1000:.2f} ms"
