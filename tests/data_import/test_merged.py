"""A reference of somebody who was merged into another stands for that one."""

import pytest

from families.models import Contact, Family, Member, Person
from leap.casework.merging import actions as merging
from leap.core.accounts import actions as accounts
from leap.core.accounts.models import Team


@pytest.fixture
def merged(family, take_in, make_user):
    """P1 of F1 was sent again as P9 of F9, under another spelling; both are one now."""
    family.add("families", family_ref="F9")
    family.person("P9", "F9", given_name="Chidiebere")
    family.add("contacts", contact_ref="C9", family_ref="F9", person_refs="P9")
    assert take_in(family).code == 0
    by = make_user("Grace Mensah")
    accounts.join_team(user=by, team=Team.objects.get(code="stockwell-hv"))
    people = [Person.objects.get(source_ref=ref) for ref in ("P1", "P9")]
    families = [Family.objects.get(source_ref=ref) for ref in ("F1", "F9")]
    of_people = merging.merge_people(kept=people[0], gone=people[1], taken=[], by=by)
    merging.merge_families(kept=families[0], gone=families[1], taken=[], by=by)
    return {
        "kept": people[0],
        "gone": people[1],
        "family": families[0],
        "merge": of_people,
        "by": by,
    }


def test_the_same_files_again_bring_nothing_back(family, merged, take_in, counts, tmp_path):
    before = counts()
    run = take_in(family.copy(tmp_path / "again"))
    assert (run.code, run.problems) == (0, [])
    assert counts() == before


def test_what_is_new_goes_to_the_one_that_was_kept(family, merged, take_in, tmp_path):
    later = family.copy(tmp_path / "later")
    later.add("contacts", contact_ref="C10", family_ref="F9", person_refs="P9;P1")
    later.add("observations", person_ref="P9", code="weight_kg", value="7.1")
    assert take_in(later).problems == []

    contact = Contact.objects.get(source_ref="C10")
    assert contact.family == merged["family"]
    assert [contact_person.person for contact_person in contact.people.all()] == [merged["kept"]]
    assert merged["kept"].observations.filter(code="weight_kg").exists()
    assert not Member.objects.filter(person=merged["gone"]).exists()


def test_a_blank_is_filled_in_and_what_was_chosen_stays(family, merged, take_in, tmp_path):
    later = family.copy(tmp_path / "later")
    lines = (later.path / "people.csv").read_text().splitlines()
    later.text("people.csv", lines[0] + "\n")
    later.person("P9", "F9", given_name="Chidiebere", ethnicity="N")
    run = take_in(later)

    assert run.problems == []
    merged["kept"].refresh_from_db()
    assert (merged["kept"].ethnicity, merged["kept"].given_name) == ("N", "Chidi")


def test_undone_the_reference_is_its_own_again(family, merged, take_in, tmp_path):
    merging.undo_merge(merge=merged["merge"], by=merged["by"])
    later = family.copy(tmp_path / "later")
    later.add("observations", person_ref="P9", code="weight_kg", value="7.1")
    assert take_in(later).problems == []
    assert merged["gone"].observations.filter(code="weight_kg").exists()
    assert not merged["kept"].observations.filter(code="weight_kg").exists()
