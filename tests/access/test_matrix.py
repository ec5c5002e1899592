"""Who may see what: every role at every address of every kind of family, by real requests.

A status follows from what a role is to a family: its standing. Of the roles and kinds of family
that come to the same standing one in turn asks for each address, so that over the table all of them
do; EVERY_COMBINATION=1 lets each ask for each.
"""

import logging
from collections import Counter, defaultdict
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

from tests.access.document import page
from tests.access.places import is_about_family, place
from tests.access.routes import API, every_route
from tests.access.standings import KINDS, ROLES, standing
from tests.access.turns import EVERY_COMBINATION, offset
from tests.access.visits import visit
from tests.access.who_may_see_what import ABOUT_FAMILIES, BY_ROLE, ELSEWHERE, METHODS

HERE = "tests/access/who_may_see_what/"
ROUTES = {route.name: route for route in every_route()}
ROWS = {*ABOUT_FAMILIES, *BY_ROLE, *ELSEWHERE}


@pytest.fixture(autouse=True)
def _without_a_log():
    """Thousands of refusals are what is wanted here."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_every_route_has_a_name_of_its_own():
    assert [
        name for name, count in Counter(r.name for r in every_route()).items() if count > 1
    ] == []


def test_every_route_has_a_row():
    if missing := sorted(set(ROUTES) - ROWS):
        pytest.fail(
            f"Nobody has said who may see {', '.join(missing)}. Add a row for each to {HERE}: in"
            " ABOUT_FAMILIES, if its address names something of a family, otherwise in BY_ROLE."
            " What the arguments of a new address stand for is said in tests/access/places.py.",
            pytrace=False,
        )


def test_every_row_has_a_route():
    if gone := sorted(ROWS - set(ROUTES)):
        pytest.fail(f"{HERE} has rows of routes that are gone: {', '.join(gone)}.", pytrace=False)


def test_the_document_says_what_the_table_says():
    document = Path(settings.BASE_DIR, "docs", "who-may-see-what.md").read_text(encoding="utf-8")
    assert document == page(), "Run python -m tests.access.document."


@pytest.mark.parametrize("name", [name for name in BY_ROLE if name in ROUTES])
def test_each_role_is_answered_as_the_table_says(world, name):
    route = ROUTES[name]
    arguments = place(route, world)
    assert arguments is not None, f"Say in tests/access/places.py what {route.address} takes."
    assert not is_about_family(route, world), f"{name} is about a family: move its row."
    expected = {(role, method): BY_ROLE[name][method][role] for role in ROLES for method in METHODS}
    statuses = {
        (role, method): visit(world.browsers[role], method, route.at(arguments)).status_code
        for role, method in expected
    }
    report_differences(name, expected, statuses)


@pytest.mark.parametrize("name", [name for name in ABOUT_FAMILIES if name in ROUTES])
def test_each_role_is_answered_for_each_kind_of_family(world, name):
    route, row = ROUTES[name], ABOUT_FAMILIES[name]
    assert is_about_family(route, world), f"{name} is about no family: move its row."
    expected, statuses = {}, {}
    for method in METHODS:
        # Such a family may have no such thing; what is refused is refused whatever the family.
        places = {kind: place(route, world, world.kinds[kind]) for kind in KINDS}
        kinds = [kind for kind, arguments in places.items() if arguments is not None]
        if is_refused(row[method]):
            kinds = kinds[:1]
        for kind, role, stands in asking(route, kinds, method):
            expected[kind, role, method] = row[method][stands]
            answer = visit(world.browsers[role], method, route.at(places[kind]))
            statuses[kind, role, method] = answer.status_code
    report_differences(name, expected, statuses)


# For one address; of other standings one. Several come to these by other rules.
HOW_MANY_ASK = dict.fromkeys(
    ("stranger", "asked", "kept-out", "leads-alone", "manages-alone", "judges"), 2
)


def asking(route, kinds, method):
    """For each kind of family the roles that ask, and what each is to it."""
    by_standing = defaultdict(list)
    for kind, role in product(kinds, ROLES):
        stands = standing(kind, role, is_api=route.address.startswith(API))
        by_standing[stands].append((kind, role, stands))
    if EVERY_COMBINATION:
        return [asker for askers in by_standing.values() for asker in askers]
    return [asker for askers in by_standing.values() for asker in in_turn(route, method, askers)]


def in_turn(route, method, askers):
    """Some of them, so far apart in the list that they differ in family and role."""
    _, _, stands = askers[0]
    count, first = HOW_MANY_ASK.get(stands, 1), offset(route.name, method, stands)
    return {askers[(first + n * len(askers) // count) % len(askers)] for n in range(count)}


def is_refused(row):
    """Whether the method is not taken at this address."""
    return row["stranger"] == 405


def report_differences(name, expected, statuses):
    wrong = {cell: status for cell, status in statuses.items() if expected[cell] != status}
    if wrong:
        lines = [
            f"  {', '.join(cell)}: {status}, not {expected[cell]}" for cell, status in wrong.items()
        ]
        pytest.fail(f"{name} is not answered as {HERE} says:\n" + "\n".join(lines), pytrace=False)
