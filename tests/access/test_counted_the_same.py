"""Row-level security is the second line of defence: no page says anything else because of it.

Where a page would count, list or say more without it, either a query forgot who reads, or the page
gives as a whole what is only the part that its reader sees.
"""

import pytest
from django.utils import timezone

from leap.core.rls import session as rls
from tests.access import sweep
from tests.access.places import is_about_family, place
from tests.access.routes import every_route
from tests.access.test_leak_sweep import difference
from tests.access.turns import is_turn_of

READERS = ["leads", "manages", "works", "elsewhere", "admin", "analyst", "champion", "token"]


def pages_of_families(world):
    """Every page of a family of each kind."""
    return [
        route.at(arguments)
        for route in every_route()
        if is_about_family(route, world)
        for kind in ("own", "involved", "named", "broken-into")
        if (arguments := place(route, world, world.kinds[kind])) is not None
    ]


@pytest.mark.parametrize("role", READERS)
def test_no_page_depends_on_row_level_security(world, role, monkeypatch, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    number = READERS.index(role)
    theirs = [page for page in pages_of_families(world) if is_turn_of(number, page, among=4)]
    addresses = [*sweep.pages_without_arguments(world), *theirs]
    behind = sweep.read_all(world, role, addresses)
    monkeypatch.setattr(rls, "set_reader", lambda _user: rls._read_for(rls.SYSTEM))
    without = sweep.read_all(world, role, addresses)
    changed = {address: difference(behind[address], without[address]) for address in addresses}
    assert {address: lines for address, lines in changed.items() if lines} == {}
