"""The demonstration shows a request being read and a record that is held."""

import pytest

from leap.accounts.models import User
from leap.retention.models import LegalHold
from leap.subject_access import progress
from leap.subject_access.models import Request

pytestmark = pytest.mark.django_db


def test_the_manager_finds_a_request_half_read(lambeth):
    manager = User.objects.get(email="manager@leap.example")
    [asked] = Request.objects.visible_to(manager)

    how_far = progress.of(asked, manager)

    assert asked.status == Request.Status.REVIEWING
    assert any(not part.undecided for part in how_far.parts)
    assert how_far.mine > 0


def test_a_record_is_held_for_a_coroner(lambeth):
    assert "coroner" in LegalHold.objects.live().get().reason
