"""In a file the review of a row is that of those whose age it fits; what fits nobody is said."""

import pytest

from families.models import Contact, ContactPerson


def reviews():
    rows = ContactPerson.objects.exclude(review="").order_by("contact", "listed")
    return [(row.person.source_ref, row.review) for row in rows]


@pytest.fixture
def siblings(files):
    """P1 is born on 10 April 2016, P3 two years before; P2 is their mother."""
    files.person()
    files.person("P2", role="mother")
    files.person("P3", birth_date="2014-04-01")
    files.add("families")
    return files


@pytest.mark.parametrize(
    ("review", "on", "whose"),
    [
        ("two_year", "2016-05-20", "P3"),
        ("new_birth", "2016-04-20", "P1"),
        ("six_to_eight_week", "2016-06-01", "P1"),
        ("one_year", "2017-03-01", "P1"),
        ("two_year", "2018-03-01", "P1"),
    ],
)
def test_a_row_that_names_siblings_is_the_review_of_whom_it_fits(
    siblings, take_in, tmp_path, review, on, whose
):
    siblings.add("contacts", person_refs="P1;P2;P3", occurred_at=f"{on}T10:00", review=review)

    assert take_in(siblings).code == 0
    assert reviews() == [(whose, review)]
    again = take_in(siblings.copy(tmp_path / "again"))
    assert (again.code, again.problems) == (0, [])
    assert "Nothing new" in again.output


@pytest.mark.parametrize(
    ("review", "on", "refs"),
    [
        ("two_year", "2016-05-20", "P1"),
        ("six_to_eight_week", "2016-04-20", "P1;P2;P3"),
        ("new_birth", "2016-06-06", "P1"),
        ("new_birth", "2016-04-09", "P1"),
        ("one_year", "2016-05-20", "P2"),
        ("antenatal", "2016-05-20", "P1;P2"),
    ],
)
def test_what_fits_nobody_comes_in_as_an_ordinary_contact_and_is_said(
    siblings, take_in, review, on, refs
):
    line = siblings.add("contacts", person_refs=refs, occurred_at=f"{on}T10:00", review=review)

    run = take_in(siblings)

    assert run.code == 0
    assert any(
        f"contacts.csv:{line}: review: “{review}” fits" in problem for problem in run.problems
    )
    assert Contact.objects.count() == 1
    assert reviews() == []


def test_an_antenatal_contact_can_be_with_the_mother_alone(siblings, take_in):
    siblings.add("contacts", person_refs="P2", occurred_at="2016-03-01T10:00", review="antenatal")

    assert take_in(siblings).problems == []
    assert reviews() == [("P2", "antenatal")]


def test_a_review_is_filled_in_later_and_another_one_is_refused(siblings, take_in, tmp_path):
    siblings.add("contacts", person_refs="P1;P3", occurred_at="2016-05-20T10:00")
    take_in(siblings)
    later, other = siblings.copy(tmp_path / "later"), siblings.copy(tmp_path / "other")
    for files, review in ((later, "two_year"), (other, "one_year")):
        files.text("contacts.csv", (files.path / "contacts.csv").read_text().splitlines()[0] + "\n")
        files.add("contacts", person_refs="P1;P3", occurred_at="2016-05-20T10:00", review=review)

    assert take_in(later).code == 0
    assert reviews() == [("P3", "two_year")]
    assert "fits the age of nobody" in take_in(other).output
