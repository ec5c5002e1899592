"""The world is built once for all tests here; each test finds it as it was, and leaves it so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.access.world import World, built_for_a_while


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests here stand inside the world's transaction, each in one of its own."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), built_for_a_while() as world:
        yield world


@pytest.fixture(autouse=True)
def _nobody_is_slowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    rates = {"signed_in": 10**6, "signed_out": 10**6}
    monkeypatch.setattr("leap.core.api.throttles.api_settings.DEFAULT_THROTTLE_RATES", rates)
