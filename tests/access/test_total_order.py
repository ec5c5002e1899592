"""Every list that is cut, into pages or after its first few, is in an order that leaves no two rows
equal: otherwise a row stands on two pages, and another on none."""

import ast
from contextlib import contextmanager
from unittest import mock

import pytest
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from django.db.models.query import MAX_GET_RESULTS
from django.db.models.sql.compiler import SQLCompiler

from families.models import Contact, Family
from leap.core.accounts.models import Team
from leap.core.ui.pagination import in_total_order, is_in_total_order, page_of
from leap.ops.runtime.paths import ROOT
from referrals.models import Task
from sites.models import Session
from tests.access.places import is_about_family, place
from tests.access.routes import API, every_route
from tests.access.visits import visit

READERS = ("manages", "admin", "champion")
OURS = ("leap", "families", "referrals", "sites", "outcomes")
# What the sort of an archive, of a model or of a made-up page needs no key for.
ELSEWHERE = {
    "leap/core/ui/pagination.py",
    "leap/web/design_gallery.py",
    "referrals/queue/pagination.py",
}


@contextmanager
def cut():
    """Notes each query that is cut after two rows or more, and whose order leaves rows equal; not
    those that look for one row and only see whether there is another."""
    queries, plain = [], SQLCompiler.execute_sql

    def execute(compiler, *args, **more):
        query = compiler.query
        most = None if query.high_mark is None else query.high_mark - query.low_mark
        grouped = query.combinator or query.group_by or query.distinct_fields
        is_one = most in (None, 1, MAX_GET_RESULTS)
        if not is_one and not grouped and not is_in_total_order(query):
            queries.append(str(query)[-300:])
        return plain(compiler, *args, **more)

    with mock.patch.object(SQLCompiler, "execute_sql", execute):
        yield queries


@pytest.mark.parametrize("reader", READERS)
def test_no_page_cuts_a_list_where_two_rows_are_equal(world, reader):
    wrong = {}
    for route in every_route():
        kind = world.kinds["involved"] if is_about_family(route, world) else None
        arguments = place(route, world, kind)
        if arguments is None or route.address.startswith(API):
            continue  # there is nothing like it here; the API pages by key, as is seen below
        with cut() as queries:
            visit(world.browsers[reader], "GET", route.at(arguments))
        if queries:
            wrong[route.name] = queries
    assert wrong == {}


def test_it_can_fail(world):
    """It notices a list that is cut among rows that are equal, and no other."""
    with cut() as queries:
        list(Family.objects.order_by("pk")[:5])
        list(Family.objects.order_by("name")[:1])
        list(Family.objects.order_by("name"))
    assert queries == []
    with cut() as queries:
        list(Family.objects.order_by("name")[:5])
    assert len(queries) == 1


def test_pages_are_made_in_one_place():
    """Which puts the key behind any order; django's own paginator would not."""
    paginating = {
        str(path.relative_to(ROOT))
        for app in OURS
        for path in sorted((ROOT / app).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Name) and node.id == Paginator.__name__
    }
    assert paginating == ELSEWHERE


def test_the_api_pages_by_key():
    """Whatever order a resource's own queryset has."""
    source = (ROOT / "leap/core/api/paging.py").read_text()
    assert 'queryset.order_by("-pk")' in source


@pytest.mark.parametrize(
    ("queryset", "is_total"),
    [
        (Family.objects.order_by("name"), False),
        (Family.objects.order_by("name", "ref"), True),
        (Family.objects.order_by("last_contact_at", "-pk"), True),
        (Session.objects.order_by("during"), False),
        (Session.objects.order_by(F("during").desc(), "pk"), True),
        (Team.objects.order_by(Lower("code")), False),
        (Contact.objects.all(), False),
        (Task.objects.order_by("made_at"), False),
    ],
)
def test_what_a_total_order_is(queryset, is_total):
    assert is_in_total_order(queryset.query) is is_total
    assert is_in_total_order(in_total_order(queryset).query)


def test_pages_of_what_is_no_queryset_are_as_they_are():
    assert list(page_of([3, 1, 2], 2, "2")) == [2]
    assert isinstance(page_of(Session.objects.order_by("during"), 2, None).object_list, QuerySet)
