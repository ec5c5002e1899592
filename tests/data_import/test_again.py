"""Importing again: what is the same changes nothing, what was blank is filled in."""

from families.models import Contact, Family, Member, Person
from leap.core.reference_data.models import Postcode
from leap.data_import.formats import FORMATS


def everything(files):
    """At least one row in every file."""
    files.add("contacts", person_refs="P1;P2", present="P2", note="All well")
    files.add("observations", code="weight_kg", value="3.5", contact_ref="C1")
    files.add("observations", code="weight_kg", value="3.5", contact_ref="C1")
    files.add("referrals", sent_at="2016-04-21T10:00", accepted_at="2016-04-22")
    files.add("sessions")
    files.add("attendance")
    files.add("attendance", person_ref="P2", status="walked_in")
    return files


def test_importing_again_changes_nothing_at_all(family, take_in, counts, tmp_path):
    assert {f"{format_.name}.csv" for format_ in FORMATS} == {
        path.name for path in everything(family).path.iterdir()
    }
    take_in(family, "--agency", "gstt")
    before = counts()
    run = take_in(family.copy(tmp_path / "again"), "--agency", "gstt")

    assert (run.code, run.problems) == (0, [])
    assert "Nothing new" in run.output
    assert counts() == before


def test_a_dry_run_says_the_same_and_writes_nothing(family, take_in, counts):
    everything(family)
    family.person("P9", "F9")
    before = counts()
    dry, wet = take_in(family, "--dry-run"), take_in(family)

    assert dry.code == wet.code == 1
    assert dry.problems == wet.problems
    assert "nothing was written" in dry.output
    assert "nothing was written" not in wet.output
    assert before["families.Family"] == 0
    assert Family.objects.count() == 1


def test_a_dry_run_leaves_every_table_as_it_was(family, take_in, counts):
    before = counts()
    take_in(everything(family), "--dry-run")

    assert counts() == before


def test_what_was_blank_is_filled_in(family, take_in, tmp_path):
    take_in(family)
    later = family.copy(tmp_path / "later")
    later.text("people.csv", (later.path / "people.csv").read_text().splitlines()[0] + "\n")
    later.person(
        "P1", died_on="2016-06-01", ethnicity="N", interpreter="no", nhs_number="9434765919"
    )
    run = take_in(later)

    assert (run.code, run.problems) == (0, [])
    chidi = Person.objects.get(source_ref="P1")
    assert (str(chidi.died_on), chidi.ethnicity, chidi.interpreter) == ("2016-06-01", "N", False)
    assert chidi.given_name == "Chidi"
    assert run.row("people.csv") == [1, 0, 1, 0, 0, 0]


def test_a_name_filled_in_is_found(family, take_in, tmp_path):
    family.person("P3", family_name="Okafor")
    take_in(family)
    later = family.copy(tmp_path / "later")
    later.person("P3", given_name="Zoë")
    assert take_in(later).code == 0

    assert Person.objects.get(source_ref="P3").search_name == "zoe okafor"


def test_names_on_two_rows_of_one_person_are_found_together(family, take_in):
    family.person("P3", given_name="Zoë")
    family.person("P3", family_name="Okafor", moved_in_on="2016-05-01")
    assert take_in(family).code == 0

    assert Person.objects.get(source_ref="P3").search_name == "zoe okafor"


def test_an_unborn_baby_is_born(family, take_in, tmp_path):
    family.person("P3", role="unborn", due_date="2016-05-01")
    take_in(family)
    later = family.copy(tmp_path / "later")
    rows = (later.path / "people.csv").read_text().splitlines()
    later.text("people.csv", "\n".join(row for row in rows if not row.startswith("P3")) + "\n")
    later.person("P3", birth_date="2016-04-28", given_name="Ife")

    assert take_in(later).code == 0
    baby = Member.objects.get(person__source_ref="P3")
    assert (baby.role, str(baby.person.birth_date)) == ("child", "2016-04-28")
    assert take_in(family).problems == []  # the older file still says unborn
    assert Member.objects.get(person__source_ref="P3").role == "child"


def test_a_blank_takes_nothing_away(family, take_in):
    take_in(family)
    family.text("people.csv", (family.path / "people.csv").read_text().splitlines()[0] + "\n")
    family.person("P1", sex="unknown", postcode="")
    assert take_in(family).code == 0

    assert Person.objects.get(source_ref="P1").sex == "male"


def test_what_is_different_is_refused_and_both_are_named(family, take_in, tmp_path):
    take_in(family)
    later = family.copy(tmp_path / "later")
    later.text("people.csv", (later.path / "people.csv").read_text().splitlines()[0] + "\n")
    later.person("P1", birth_date="2016-04-11")
    run = take_in(later)

    assert run.code == 1
    assert run.problems[0] == (
        "people.csv:2: birth_date: P1 has “2016-04-10” in LEAP and “2016-04-11” here. "
        "Correct the file, or the record in LEAP."
    )
    assert str(Person.objects.get(source_ref="P1").birth_date) == "2016-04-10"


def test_a_different_contact_is_refused(family, take_in):
    family.add("contacts", note="All well")
    take_in(family)
    (family.path / "contacts.csv").unlink()
    family.add(
        "contacts",
        note="Not well",
        outcome="no_access",
        occurred_at="2016-04-20T11:00",
        person_refs="P2",
        team="family-support",
    )
    run = take_in(family)

    assert [line.split(": ")[1] for line in run.problems] == [
        "note",
        "occurred_at",
        "outcome",
        "person_refs",
        "team",
    ]
    assert "“2016-04-20T10:00:00” in LEAP and “2016-04-20T11:00:00” here" in run.output
    assert "All well" not in run.output  # notes stay in the record
    assert Contact.objects.get().note == "All well"


def test_a_lead_that_moved_in_leap_is_not_moved_back(family, take_in):
    take_in(family)
    (family.path / "families.csv").unlink()
    family.add("families", lead_team="family-support")
    run = take_in(family)

    assert "lead_team: F1 has “stockwell-hv” in LEAP and “family-support” here" in run.output
    assert Family.objects.get().lead_team.code == "stockwell-hv"


def test_who_was_present_can_be_filled_in(family, take_in):
    family.add("contacts", person_refs="P1")
    take_in(family)
    (family.path / "contacts.csv").unlink()
    family.add("contacts", person_refs="P1", present="P1;P2", minutes="30", site="larkhall")
    assert take_in(family).code == 0

    contact = Contact.objects.get()
    assert {p.person.source_ref for p in contact.people.filter(present=True)} == {"P1", "P2"}
    assert (contact.minutes, contact.site.code) == (30, "larkhall")


def test_a_postcode_is_filled_in_but_never_moved(files, take_in):
    take_in(files)
    files.text("postcodes.csv", "postcode,ward_2011,ward_2022,lsoa_2011,imd_decile\n")
    files.add("postcodes", ward_2022="E05014110")
    assert take_in(files).code == 0
    assert Postcode.objects.get().ward_2022 == "E05014110"

    files.add("postcodes", ward_2011="E05000420", ward_2022="E05014110")
    assert take_in(files).code == 1
    assert Postcode.objects.get().ward_2011 == "E05000429"
