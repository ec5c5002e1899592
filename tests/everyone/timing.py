"""Whether time tells what is not visible from what is not there: python -m pytest -s on this file.

It is measured where nothing else runs, so it is no test of the suite's. Two hundred requests of
each, in turns; the medians and Mann and Whitney's probability that they are of one kind.
"""

from statistics import median
from time import perf_counter

import pytest
from django.conf import settings
from django.test import override_settings
from scipy.stats import mannwhitneyu

from tests.everyone.places import place
from tests.everyone.test_not_there import ROUTES, nowhere
from tests.everyone.visits import visit

pytestmark = pytest.mark.django_db
STEP = settings.NOT_THERE_STEP  # as pages are served; the suite's own tests do not wait for it
TIMES = 200
MEASURED = (
    "families:family",
    "families:contact",
    "referrals:referral",
    "subject_access:request",
    "api:families-detail",
    "api:contacts-detail",
)


@pytest.mark.parametrize("name", MEASURED)
def test_how_long_both_take(world, name):
    route = ROUTES[name]
    there = route.at(place(route, world, world.kinds["not-involved"]))
    not_there = nowhere(there)
    for address in (there, not_there) * 10:
        seconds(world, address)
    with override_settings(NOT_THERE_STEP=STEP):
        taken = [(seconds(world, there), seconds(world, not_there)) for _ in range(TIMES)]
    invisible, missing = zip(*taken, strict=True)
    p = mannwhitneyu(invisible, missing).pvalue
    print(f"{name}: {ms(invisible)} not visible, {ms(missing)} not there, p = {p:.2f}")


def seconds(world, address):
    begun = perf_counter()
    visit(world.browsers["elsewhere"], "GET", address)
    return perf_counter() - begun


def ms(each):
    return f"{median(each) * 1000:.2f} ms"
