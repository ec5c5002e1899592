"""No clock tells what somebody may not see from what is not there."""

from time import perf_counter

import pytest

STEP = 0.2


@pytest.mark.parametrize(
    "address", ["/families/LB-ZZZZZ/", "/nowhere/", "/api/v1/families/LB-ZZZZZ/"]
)
def test_what_is_not_there_takes_a_whole_step_to_say_so(client_of, grace, settings, address):
    settings.NOT_THERE_STEP = STEP
    browser = client_of(grace)
    begun = perf_counter()
    assert browser.get(address).status_code == 404
    assert perf_counter() - begun >= STEP
