"""One small Lambeth for the tests of it, filled once and taken away again."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from leap.ops.demo.fill import fill

CHILDREN = 120
AS_AT = date(2024, 6, 28)  # a Friday in summer time


def silence(line: str) -> None:
    """Progress that nobody reads."""


@pytest.fixture(scope="module")
def lambeth(django_db_setup, django_db_blocker) -> Iterator[dict[str, int]]:
    with django_db_blocker.unblock(), transaction.atomic():
        summary = fill(children=CHILDREN, seed=7, as_at=AS_AT, say=silence)
        yield summary
        transaction.set_rollback(True)
