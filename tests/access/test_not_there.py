"""What is not visible is answered as what does not exist: to the letter and the statement."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.access.places import is_about_family, place
from tests.access.routes import every_route
from tests.access.sweep import as_ever
from tests.access.turns import REF, is_turn_of
from tests.access.visits import visit
from tests.access.who_may_see_what import METHODS
from tests.access.world import World

# Two of them are asked for at each address by each method, in turn.
KINDS = ["not-involved", "ended", "restricted", "lapsed"]
NEW_EACH_TIME = {"Content-Security-Policy", "Set-Cookie"}
ROUTES = {route.name: route for route in every_route()}


def about_families(world: World):
    return [route for route in ROUTES.values() if is_about_family(route, world)]


def nowhere(address: str) -> str:
    """The same address with references of the same form that nothing has."""
    return REF.sub(lambda match: f"{match[1]}-{'ZZ' + match[2][:-2]}", address)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", KINDS)
def test_not_visible_is_answered_as_not_there(world, kind, method):
    """To Ruth, of a team that works with none of them."""
    apart = []
    number = KINDS.index(kind) + METHODS.index(method)  # all four by one method or the other
    for route in about_families(world):
        arguments = place(route, world, world.kinds[kind])
        if arguments is None or not is_turn_of(number, route.name, among=2):
            continue
        if kind == "lapsed" and "judge" in route.name:
            continue  # she reads what became of her own emergency
        address, missing = route.at(arguments), nowhere(route.at(arguments))
        assert address != missing
        if answered(world, method, address) != answered(world, method, missing):
            apart.append(route.name)
    assert apart == []


@pytest.fixture(autouse=True)
def at_one_moment():
    """A session notes once a minute that it is in use: a statement more for one of two."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


def answered(world, method, address):
    """The answer without the reference that was asked for, and how often the database was asked."""
    with CaptureQueriesContext(connection) as statements:
        answer = visit(world.browsers["elsewhere"], method, address)
    status, body = as_ever(answer)
    headers = {name: value for name, value in answer.items() if name not in NEW_EACH_TIME}
    for ref in REF.finditer(address):
        body = body.replace(ref[0], "…")
    headers.pop("Content-Length", None)
    return status, body, headers, len(statements)
