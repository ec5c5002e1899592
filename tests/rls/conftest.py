"""One world for all tests of row-level security, and the family of the leak sweep in it."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from leap.core.rls import session as rls
from tests.access.canary import release
from tests.access.words import Canary
from tests.access.world import World, built_for_a_while


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), built_for_a_while() as world:
        yield world


@pytest.fixture
def family(world: World) -> Canary:
    return release(world)


@pytest.fixture
def reading(world: World) -> Iterator[Callable[[str], None]]:
    """Say for whom the connection reads from here on."""
    yield lambda role: rls.set_reader(world.users[role])
    rls._read_for(rls.SYSTEM)
