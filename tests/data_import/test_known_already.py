"""A file may bring somebody whom another agency has on record: both stay, and somebody decides."""

from datetime import date

import pytest

from families.inputs import NewPerson
from families.models import Family, Person, PossibleDuplicate
from families.people import actions

MOTHER = {"given_name": "Adaeze", "family_name": "Nwosu-Test", "birth_date": "1993-04-11",
          "sex": "female", "nhs_number": "9434765919"}  # fmt: skip
CHILD = {"given_name": "Obinna", "family_name": "Nwosu-Test", "birth_date": "2016-04-10",
         "sex": "male", "nhs_number": "9876543210"}  # fmt: skip


@pytest.fixture
def of(files):
    """The files of an agency with one family, mother and child."""

    def of(agency, team, mother=MOTHER, child=CHILD):
        theirs = files.copy(files.path.with_name(agency))
        theirs.add("families", family_ref=f"{agency}-1", lead_team=team)
        theirs.person(f"{agency}-2", f"{agency}-1", "mother", **mother)
        theirs.person(f"{agency}-3", f"{agency}-1", "child", **child)
        return theirs

    return of


def without(row, *names):
    return {name: value for name, value in row.items() if name not in names}


@pytest.mark.parametrize(
    ("mother", "child"),
    [
        (MOTHER, CHILD),
        (without(MOTHER, "nhs_number"), without(CHILD, "nhs_number")),
        ({**without(MOTHER, "nhs_number"), "birth_date": "1993-11-04", "given_name": "Adaezi"},
         {**without(CHILD, "nhs_number"), "family_name": "Nwosu-Text"}),
    ],
)  # fmt: skip
def test_the_same_family_of_two_agencies_is_put_before_somebody(take_in, of, mother, child):
    take_in(of("gstt", "stockwell-hv"), "--agency", "gstt")
    second = take_in(of("lambeth", "family-support", mother, child), "--agency", "lambeth")

    assert second.code == 0
    assert "2 of these people may be on record with another team" in second.output
    assert (Family.objects.count(), Person.objects.count()) == (2, 4)
    assert PossibleDuplicate.objects.to_decide().count() == 2


def test_importing_again_finds_nothing_new(take_in, of):
    take_in(of("gstt", "stockwell-hv"), "--agency", "gstt")
    theirs = of("lambeth", "family-support")
    take_in(theirs, "--agency", "lambeth")
    again = take_in(theirs, "--agency", "lambeth")

    assert "on record with another team" not in again.output
    assert PossibleDuplicate.objects.count() == 2


def test_a_number_that_a_file_fills_in_later_is_looked_at_too(take_in, of):
    take_in(of("gstt", "stockwell-hv"), "--agency", "gstt")
    other = {**without(CHILD, "nhs_number"), "given_name": "Baby", "birth_date": "2016-04-01"}
    take_in(of("lambeth", "family-support", {"given_name": "M"}, other), "--agency", "lambeth")
    assert not PossibleDuplicate.objects.exists()

    with_number = {**other, "nhs_number": CHILD["nhs_number"]}
    theirs = of("lambeth2", "family-support", {"given_name": "M"}, with_number)
    text = (theirs.path / "people.csv").read_text().replace("lambeth2", "lambeth")
    (theirs.path / "people.csv").write_text(text)
    (theirs.path / "families.csv").unlink()
    take_in(theirs, "--agency", "lambeth")

    assert PossibleDuplicate.objects.get().reasons[0] == "the same NHS number"


def test_somebody_registered_by_hand_is_found_in_a_file(take_in, of, okafors, stockwell, grace):
    child = NewPerson("child", "Obinna", "Nwosu-Test", date(2016, 4, 10))
    actions.register_family(name="N", lead_team=stockwell, by=grace, people=[child])
    take_in(of("lambeth", "family-support"), "--agency", "lambeth")

    assert PossibleDuplicate.objects.count() == 1


def test_restricted_people_are_not_among_them(take_in, of):
    take_in(of("gstt", "stockwell-hv"), "--agency", "gstt")
    Family.objects.update(restriction="refuge")
    second = take_in(of("lambeth", "family-support"), "--agency", "lambeth")

    assert "on record with another team" not in second.output
    assert not PossibleDuplicate.objects.exists()
