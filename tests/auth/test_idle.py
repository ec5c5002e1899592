from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

START = timezone.now().replace(microsecond=0)


def is_in(client) -> bool:
    return client.get("/account/").status_code == 200


@pytest.fixture
def graces(client_of, grace):
    with time_machine.travel(START, tick=False):
        client = client_of(grace)
        assert is_in(client)
        yield client


@pytest.mark.parametrize(("minutes", "still"), [(28, True), (31, False)])
def test_half_an_hour_without_a_sign_of_life_ends_the_session(graces, minutes, still):
    with time_machine.travel(START + timedelta(minutes=minutes), tick=False):
        assert is_in(graces) is still


def test_somebody_at_work_stays_in_all_day(graces):
    for quarter in range(1, 30):
        with time_machine.travel(START + timedelta(minutes=15 * quarter), tick=False):
            assert is_in(graces)


def test_pages_seen_within_a_minute_write_nothing(graces, django_assert_max_num_queries):
    with django_assert_max_num_queries(14) as captured:
        graces.get("/account/")
    assert not [q for q in captured if q["sql"].startswith(("UPDATE", "INSERT"))]
