"""Files keep to the ages and days that forms and the API keep to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from families.models import Contact, Person


def years_ago(years):
    return (timezone.localdate() - timedelta(days=round(365.3 * years))).isoformat()


@pytest.mark.parametrize(
    ("role", "born", "words"),
    [
        ("child", lambda: years_ago(30), "a child here is under 18"),
        ("child", lambda: "1900-01-01", "more than 120 years ago"),
        ("mother", lambda: years_ago(6), "A mother of 6 years cannot be"),
        ("father", lambda: years_ago(4), "A father of 4 years cannot be"),
        ("grandparent", lambda: "1901-01-01", "more than 120 years ago"),
        ("foster_carer", lambda: years_ago(9), "A foster carer of 9 years cannot be"),
    ],
)
def test_a_birth_that_no_form_takes_is_refused(files, take_in, role, born, words):
    files.person("P7", birth_date=years_ago(2))
    line = files.person("P8", role=role, birth_date=born())
    files.add("families")

    run = take_in(files)

    assert run.code == 1
    assert any(f"people.csv:{line}: birth_date: " in p and words in p for p in run.problems)
    assert not Person.objects.exists()


@pytest.mark.parametrize("role", ["mother", "father"])
def test_a_parent_was_grown_at_the_birth_of_the_youngest(files, take_in, role):
    files.person("P7", birth_date="2016-04-10")
    line = files.person("P8", role=role, birth_date="2010-03-01")
    files.add("families")

    run = take_in(files)

    assert any(
        f"people.csv:{line}: birth_date: P8 is {role}" in problem for problem in run.problems
    )


def test_a_young_mother_who_brings_up_her_sister_too_is_taken_in(files, take_in):
    files.person("P7", birth_date=years_ago(1))
    files.person("P6", birth_date=years_ago(12))
    files.person("P8", role="mother", birth_date=years_ago(19))
    files.add("families")

    assert take_in(files).code == 0


def test_a_due_date_further_ahead_than_any_pregnancy_is_refused(files, take_in):
    ahead = (timezone.localdate() + timedelta(weeks=60)).isoformat()
    line = files.person("P7", role="unborn", due_date=ahead)
    files.add("families")

    assert f"people.csv:{line}: due_date: " in take_in(files).output


def test_a_contact_about_a_child_nobody_expected_yet_is_refused(family, take_in):
    line = family.add("contacts", occurred_at="2014-04-20T10:00")

    assert f"contacts.csv:{line}: occurred_at: P1 was not expected yet" in take_in(family).output
    assert not Contact.objects.exists()
