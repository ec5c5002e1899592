"""In a file, what cannot all be true of one person in one assessment is refused by row."""

import pytest

from families.models import Observation


def add_observations(files, values, person="P2", **cells):
    return {
        code: files.add("observations", person_ref=person, code=code, value=value, **cells)
        for code, value in values.items()
    }


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"epds_total": "2", "epds_item_10": "3"}, "epds_total"),
        ({"domestic_abuse_disclosed": "no", "dash_score": "15"}, "dash_score"),
        (
            {"domestic_abuse_enquiry": "declined", "domestic_abuse_disclosed": "yes"},
            "domestic_abuse_enquiry",
        ),
        ({"gestation_weeks": "28", "birth_weight_g": "3900"}, "birth_weight_g"),
    ],
)
def test_the_row_is_refused(family, take_in, values, code):
    lines = add_observations(family, values)

    run = take_in(family)

    assert run.code == 1
    assert any(f"observations.csv:{lines[code]}: value: " in problem for problem in run.problems)
    assert not Observation.objects.exists()


def test_results_of_two_contacts_are_two_assessments(family, take_in):
    for ref in ("C1", "C2"):
        family.add("contacts", contact_ref=ref, person_refs="P2")
    add_observations(family, {"domestic_abuse_enquiry": "declined"}, contact_ref="C1")
    add_observations(
        family,
        {"domestic_abuse_enquiry": "asked", "domestic_abuse_disclosed": "yes"},
        contact_ref="C2",
    )

    assert take_in(family).code == 0


def test_what_leap_has_of_the_day_is_read_along(family, take_in, tmp_path):
    add_observations(family, {"epds_item_10": "2"})
    assert take_in(family).code == 0
    later = family.copy(tmp_path / "later")
    line = add_observations(later, {"epds_total": "1"})["epds_total"]

    run = take_in(later)

    assert any(f"observations.csv:{line}: value: The total includes" in p for p in run.problems)
    assert Observation.objects.count() == 1


def test_of_two_on_one_day_the_later_row_counts(family, take_in):
    add_observations(family, {"epds_total": "1"})
    add_observations(family, {"epds_total": "11", "epds_item_10": "2"})

    assert take_in(family).code == 0
