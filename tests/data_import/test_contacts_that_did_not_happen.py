"""In a file, too: nobody was there, and nothing was measured, at a contact that did not happen."""

import pytest

from families.models import Contact, ContactPerson

MISSED = [outcome for outcome in Contact.Outcome.values if outcome != "attended"]


@pytest.mark.parametrize("outcome", MISSED)
def test_nobody_was_there(family, take_in, outcome):
    line = family.add("contacts", outcome=outcome, present="P2")

    run = take_in(family)

    assert run.code == 1
    assert f"contacts.csv:{line}: present: the outcome is “{outcome}”" in run.output


@pytest.mark.parametrize("outcome", MISSED)
def test_nothing_was_measured(family, take_in, outcome):
    family.add("contacts", outcome=outcome)
    line = family.add("observations", code="weight_kg", value="3.5", contact_ref="C1")

    run = take_in(family)

    assert run.code == 1
    assert f"observations.csv:{line}: contact_ref: the outcome of C1 is “{outcome}”" in run.output


def test_nor_at_one_that_leap_has(family, take_in, tmp_path):
    family.add("contacts", outcome="no_access")
    assert take_in(family).code == 0
    later = family.copy(tmp_path / "later")
    later.add("observations", code="weight_kg", value="3.5", contact_ref="C1")

    assert "nothing was measured at it" in take_in(later).output
    assert not ContactPerson.objects.filter(present=True).exists()
