"""A family comes in whole or not at all, and nobody comes in by halves."""

from families.models import Contact, Family, Person
from sites.models import Attendance


def add_family(files, family, *people, role="father"):
    for person in people:
        files.person(person, family, role)
    files.add("families", family_ref=family)


def test_a_bad_row_makes_its_family_wait_and_no_other(family, take_in):
    add_family(family, "F2", "P3")
    bad = family.add("contacts", minutes="long")
    family.add("contacts", contact_ref="C2", family_ref="F2", person_refs="P3")
    run = take_in(family)

    assert run.code == 1
    assert run.waits == [f"Family F1 waits: contacts.csv:{bad}"]
    assert Family.objects.get().source_ref == "F2"
    assert Contact.objects.get().source_ref == "C2"
    assert run.row("people.csv") == [3, 1, 0, 0, 0, 2]
    assert run.row("contacts.csv") == [2, 1, 0, 0, 1, 0]


def test_families_that_share_a_person_wait_together(family, take_in):
    add_family(family, "F2", "P3")
    family.person("P1", "F2")
    add_family(family, "F3", "P3", "P4")
    add_family(family, "F4", "P5")
    family.add("observations", person_ref="P4", code="weight_kg", value="none")
    run = take_in(family)

    assert run.waits == [
        "Family F1 waits: shares people with F2",
        "Family F2 waits: shares people with F3",
        "Family F3 waits: observations.csv:2",
    ]
    assert Family.objects.get().source_ref == "F4"


def test_a_family_waits_for_someone_its_contact_names(family, take_in):
    add_family(family, "F2", "P3")
    family.person("P4", "F2", birth_date="soon")
    family.add("contacts", present="P3")
    run = take_in(family)

    assert run.waits[0] == "Family F1 waits: shares people with F2"
    assert not Family.objects.exists()


def test_a_family_does_not_wait_for_someone_leap_knows(family, take_in):
    add_family(family, "F2", "P3")
    take_in(family)
    family.person("P4", "F2", birth_date="soon")
    family.add("contacts", present="P3")
    run = take_in(family)

    assert run.waits == ["Family F2 waits: people.csv:5"]
    assert Contact.objects.get().family.source_ref == "F1"


def test_the_people_of_a_contact_with_an_unknown_family_wait(family, take_in):
    family.add("contacts", family_ref="F9")

    assert take_in(family).waits == ["Family F1 waits: contacts.csv:2"]


def test_families_that_leap_knows_to_share_a_person_wait_together(family, take_in, tmp_path):
    add_family(family, "F2", "P3")
    family.person("P1", "F2")
    take_in(family)
    later = family.copy(tmp_path / "later")
    for name in ("people", "families"):
        (later.path / f"{name}.csv").unlink()
    later.add("contacts", minutes="long")
    later.add("contacts", contact_ref="C2", family_ref="F2", person_refs="P3")

    assert len(take_in(later).waits) == 2
    assert not Contact.objects.exists()


def test_a_bad_mark_in_a_register_makes_the_family_wait(family, take_in):
    family.add("sessions")
    family.add("attendance", status="came")
    family.add("attendance", person_ref="P2")

    assert take_in(family).code == 1
    assert not Person.objects.exists()
    assert not Attendance.objects.exists()


def test_corrected_it_comes_in(family, take_in):
    family.person("P3", birth_date="soon")
    assert take_in(family).code == 1

    path = family.path / "people.csv"
    path.write_text(path.read_text().replace("soon", "2016-04-10"))
    assert take_in(family).code == 0
    assert Person.objects.count() == 3
