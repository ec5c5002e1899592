from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from django.db import connection

from leap.core.exceptions import Conflict
from leap.core.outbox.idempotency import run_idempotent
from leap.core.outbox.models import IdempotencyKey
from leap.core.reference_data.models import Service


def make_service(code: str = "chattertime") -> dict[str, object]:
    Service.objects.create(code=code, name=code, strand="cross_cutting", kind="drop_in")
    return {"ref": code}


def test_a_second_click_gets_the_first_ones_answer(grace):
    answers = [
        run_idempotent(user=grace, key="k", route="new", work=make_service) for _ in range(2)
    ]

    assert answers == [{"ref": "chattertime"}] * 2
    assert Service.objects.count() == 1


def test_two_people_may_happen_on_the_same_key(grace, ruth):
    run_idempotent(user=grace, key="k", route="new", work=make_service)
    run_idempotent(user=ruth, key="k", route="new", work=lambda: make_service("another"))

    assert Service.objects.count() == 2


def test_a_key_is_not_used_for_something_else(grace):
    run_idempotent(user=grace, key="k", route="new", work=make_service)

    with pytest.raises(Conflict, match="already used"):
        run_idempotent(user=grace, key="k", route="other", work=make_service)


def test_work_that_fails_frees_its_key(grace):
    with pytest.raises(ZeroDivisionError):
        run_idempotent(user=grace, key="k", route="new", work=lambda: {"never": 1 / 0})

    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_make_one(grace):
    def slowly() -> dict[str, object]:
        answer = make_service()
        sleep(0.3)
        return answer

    def click(_: int) -> dict[str, object]:
        try:
            return run_idempotent(user=grace, key="k", route="new", work=slowly)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(click, range(4)))

    assert answers == [{"ref": "chattertime"}] * 4
    assert Service.objects.count() == 1
