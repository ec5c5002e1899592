"""A plan that was made for one reader never answers another."""

import pytest
from django.db import connection

from families.models import Family
from leap.core.rls import session as rls
from tests.prepared_statements.conftest import prepared

pytestmark = pytest.mark.django_db


def names():
    return list(Family.objects.order_by("name").values_list("name", flat=True))


def is_prepared():
    return any(text.startswith('SELECT "families_family"."name"') for text in prepared(connection))


def test_each_reader_is_answered_for_themselves(okafors, grace, miriam, ruth, sam, asha):
    """Grace and her manager may see the family; the others, of other teams, may not."""
    readers = {grace: ["Okafor"], miriam: ["Okafor"], ruth: [], sam: [], asha: []}
    try:
        for reader in list(readers) * 5:
            rls.set_reader(reader)
            assert names() == readers[reader]
    finally:
        rls._read_for(rls.SYSTEM)
    assert is_prepared()
    assert names() == ["Okafor"]


def test_a_plan_made_past_the_policies_does_not_open_them(okafors, ruth):
    for _ in range(5):
        assert names() == ["Okafor"]
    assert is_prepared()
    rls.set_reader(ruth)
    try:
        for _ in range(5):
            assert names() == []
            with rls.bypass_rls("to see that it opens and closes"):
                assert names() == ["Okafor"]
    finally:
        rls._read_for(rls.SYSTEM)


def test_what_ends_closes_at_once(okafors, sam, family_support, grace):
    from families.access.involvement_actions import end_involvement, involve

    involve(family=okafors, team=family_support, reason="team_around_family", by=grace)
    try:
        for _ in range(5):
            rls.set_reader(sam)
            assert names() == ["Okafor"]
        rls._read_for(rls.SYSTEM)
        assert is_prepared()
        end_involvement(family=okafors, team=family_support, by=grace, why="Moved on")
        rls.set_reader(sam)
        assert names() == []
    finally:
        rls._read_for(rls.SYSTEM)
