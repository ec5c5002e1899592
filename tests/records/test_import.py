"""A directory comes in: what becomes of each file, and how the command ends."""

from families.models import Family, Member, Observation, Person
from leap.accounts.models import Agency, Team
from leap.audit.log import breaks


def test_a_family_comes_in_with_its_people(family, take_in):
    run = take_in(family)

    assert (run.code, run.problems) == (0, [])
    okafors = Family.objects.get(source_ref="F1")
    assert okafors.name == "Okafor"
    assert okafors.lead_team.code == "stockwell-hv"
    assert set(Member.objects.filter(family=okafors).values_list("role", flat=True)) == {
        "child",
        "mother",
    }
    chidi = Person.objects.get(source_ref="P1")
    assert (chidi.sought_as, chidi.birth_date.isoformat()) == ("chidi okafor", "2016-04-10")
    assert chidi.residences.get().postcode.ward_2011 == "E05000429"
