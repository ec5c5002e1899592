"""Nothing that hangs on a person or a family is forgotten by a merge."""

import pytest

from families.models import Family, Person
from leap.casework.merging.links import DECLARED, links_to


@pytest.mark.parametrize("target", [Person, Family], ids=["person", "family"])
def test_every_foreign_key_is_declared_and_none_that_is_gone(target):
    existing, declared = set(links_to(target)), set(DECLARED[target])

    assert existing == declared, (
        "In leap/casework/merging/links.py say of each whether its rows move with a merge or stay: "
        f"{sorted(existing ^ declared)}"
    )
