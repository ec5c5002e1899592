"""A directory comes in: what becomes of each file."""

from contextlib import closing

import psycopg2
import pytest

from families.models import Contact, Family, Involvement, Member, Observation, Person
from leap.core.accounts.models import Agency, Team
from leap.core.audit.models import Event
from leap.core.audit.verify import find_breaks
from leap.core.reference_data.models import Postcode, Service, Site
from tests.app_processes import database_url


def test_a_family_comes_in_with_its_people(family, take_in):
    run = take_in(family)

    assert (run.code, run.problems) == (0, [])
    okafors = Family.objects.get(source_ref="F1")
    assert (okafors.name, okafors.lead_team.code) == ("Okafor", "stockwell-hv")
    roles = Member.objects.filter(family=okafors).values_list("person__source_ref", "role")
    assert dict(roles) == {"P1": "child", "P2": "mother"}
    chidi = Person.objects.get(source_ref="P1")
    assert (chidi.search_name, chidi.birth_date.isoformat()) == ("chidi okafor", "2016-04-10")
    assert chidi.residences.get().postcode.ward_2011 == "E05000429"


def test_the_directory_comes_in(files, take_in):
    assert take_in(files).code == 0

    team = Team.objects.get(code="stockwell-hv")
    assert (team.agency.name, team.ward_codes) == ("Guy's and St Thomas'", ["E05000429"])
    assert team.group.name == "team:stockwell-hv"
    assert Postcode.objects.get().imd_decile == 2
    assert Site.objects.get().postcode.postcode == "SW9 9TX"
    assert Service.objects.get().strand == "social_and_emotional"


def test_the_agency_s_references_are_its_own(family, take_in, tmp_path):
    assert take_in(family, "--agency", "gstt").code == 0
    assert take_in(family.copy(tmp_path / "again"), "--agency", "lambeth").code == 0

    sources = Family.objects.filter(source_ref="F1").values_list("source", flat=True)
    assert sorted(sources) == ["gstt", "lambeth"]


def test_an_agency_nobody_knows_is_named(family, take_in):
    run = take_in(family, "--agency", "nhs")

    assert run.code == 2
    assert "“nhs” is not an agency" in run.error
    assert "gstt, lambeth" in run.error
    assert not Agency.objects.exists()


def test_two_imports_do_not_run_at_once(family, take_in):
    another = psycopg2.connect(database_url())
    with closing(another), another.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('import_records'))")
        run = take_in(family)

    assert (run.code, run.error[:26]) == (2, "Another import is running.")


def test_everything_a_person_has_is_kept(family, take_in):
    family.person(
        "P3",
        role="father",
        given_name="Zoë Emeka",
        family_name="O'Kafor",
        birth_date="1990-02-28",
        died_on="2016-01-02",
        sex="male",
        nhs_number="943 476 5919",
        ethnicity="n",
        language="Igbo",
        interpreter="yes",
        postcode="sw99tx",
        moved_in_on="2014-05-01",
    )
    assert take_in(family).code == 0

    father = Person.objects.get(source_ref="P3")
    assert (father.nhs_number, father.ethnicity, father.interpreter) == ("9434765919", "N", True)
    assert father.search_name == "zoe emeka okafor"
    assert father.died_on.isoformat() == "2016-01-02"
    assert father.residences.get().moved_in_on.isoformat() == "2014-05-01"


@pytest.mark.parametrize(
    ("cell", "postcode"),
    [
        ("SE1 7EH", "SE1 7EH"),
        ("bfpo 801", "BFPO 801"),
        ("JE2 3AB", "JE2 3AB"),
        ("75008", "75008"),
        ("no fixed abode", "ZZ99 3VZ"),
        ("abroad", "ABROAD"),
    ],
)
def test_where_the_directory_ends_the_ward_is_not_known(family, take_in, cell, postcode):
    family.person("P3", sex="male", postcode=cell)
    family.add("sites", site="elsewhere", name="Elsewhere", postcode=cell)
    assert take_in(family).code == 0

    home = Person.objects.get(source_ref="P3").residences.get().postcode
    assert (home.postcode, home.ward_name) == (postcode, "ward not known")
    assert Site.objects.get(code="elsewhere").postcode == home


def test_a_person_who_moved_has_both_homes_in_the_order_listed(family, take_in):
    family.add("postcodes", postcode="SW2 1AA")
    family.person("P1", sex="male", postcode="SW2 1AA", moved_in_on="2016-04-15")
    family.person("P1", sex="male", postcode="SW2 1AA")
    assert take_in(family).code == 0

    homes = Person.objects.get(source_ref="P1").residences.order_by("listed")
    assert [(home.postcode.postcode, str(home.moved_in_on)) for home in homes] == [
        ("SW9 9TX", "None"),
        ("SW2 1AA", "2016-04-15"),
        ("SW2 1AA", "None"),
    ]


def test_a_child_of_two_families_is_one_person(family, take_in):
    family.person("P1", "F2")
    family.person("P3", "F2", "father", family_name="Eze")
    family.add("families", family_ref="F2")
    assert take_in(family).code == 0

    assert Person.objects.filter(source_ref="P1").count() == 1
    names = Family.objects.filter(members__person__source_ref="P1").values_list("name", flat=True)
    assert sorted(names) == ["Okafor", "Okafor"]  # the child is listed first


def test_a_family_is_called_after_the_mother_unless_it_has_a_name(family, take_in):
    family.person("P4", "F2", family_name="Eze")
    family.person("P5", "F2", "mother", family_name="Silva")
    family.add("families", family_ref="F2")
    family.person("P6", "F3", family_name="Khan")
    family.add("families", family_ref="F3", name="The Khans")
    assert take_in(family).code == 0

    assert Family.objects.get(source_ref="F2").name == "Silva"
    assert Family.objects.get(source_ref="F3").name == "The Khans"


def test_a_contact_keeps_whom_it_concerned_and_who_was_there(family, take_in):
    family.person("P3", "F2", "father", family_name="Eze")
    family.add("families", family_ref="F2")
    family.add(
        "contacts",
        person_refs="P1; P2",
        present="P3;P2",
        service="baby-massage",
        site="larkhall",
        minutes="45",
        review="new_birth",
        note="All well,\nand “fine”\n\\.\nto the last line",
    )
    assert take_in(family).code == 0

    contact = Contact.objects.get()
    people = contact.people.order_by("listed")
    assert [(p.person.source_ref, p.concerned, p.present) for p in people] == [
        ("P1", True, False),
        ("P2", True, True),
        ("P3", False, True),
    ]
    assert contact.note == "All well,\nand “fine”\n\\.\nto the last line"
    assert (contact.minutes, contact.review, contact.site.code) == (45, "new_birth", "larkhall")


@pytest.mark.parametrize(
    ("typed", "utc", "london_day"),
    [
        ("2016-06-30T23:30", "2016-06-30T22:30", "2016-06-30"),
        ("2016-06-30T23:30Z", "2016-06-30T23:30", "2016-07-01"),
        ("2016-06-30 23:30:00+01:00", "2016-06-30T22:30", "2016-06-30"),
        ("2016-01-31T23:30", "2016-01-31T23:30", "2016-01-31"),
        ("2016-06-30", "2016-06-30T11:00", "2016-06-30"),
    ],
)
def test_a_time_is_london_s_unless_it_says_otherwise(family, take_in, typed, utc, london_day):
    family.add("contacts", occurred_at=typed)
    assert take_in(family).code == 0

    contact = Contact.objects.get()
    assert contact.occurred_at.isoformat().startswith(utc)
    assert str(contact.occurred_on) == london_day


def test_of_two_observations_on_one_day_the_later_row_counts(family, take_in, tmp_path):
    for value in ("exclusive", "partial", "exclusive"):
        family.add("observations", code="feeding_6_8_weeks", value=value)
    assert take_in(family).code == 0
    assert take_in(family.copy(tmp_path / "again")).code == 0

    values = Observation.objects.order_by("id").values_list("value", flat=True)
    assert list(values) == ["exclusive", "partial", "exclusive"]


def test_only_the_surplus_of_an_observation_is_new(family, take_in):
    family.add("observations", code="weight_kg", value="3.5")
    take_in(family)
    family.add("observations", code="weight_kg", value="3.50")
    family.add("observations", code="weight_kg", value="3.6")
    assert take_in(family).code == 0

    values = Observation.objects.order_by("id").values_list("value", flat=True)
    assert list(values) == ["3.5", "3.5", "3.6"]


def test_an_observation_can_belong_to_a_contact(family, take_in):
    family.add("contacts")
    family.add("observations", code="first_feed", value="other", contact_ref="C1")
    assert take_in(family).code == 0

    assert Observation.objects.get().contact == Contact.objects.get()


def test_without_a_lead_the_team_of_the_latest_contact_leads(family, take_in):
    family.person("P3", "F2")
    late = {"team": "family-support", "outcome": "no_access", "occurred_at": "2016-05-01T09:00"}
    family.add("contacts", contact_ref="C1", family_ref="F2", person_refs="P3")
    family.add("contacts", contact_ref="C2", family_ref="F2", person_refs="P3", **late)
    assert take_in(family).code == 0

    led = Family.objects.get(source_ref="F2")
    assert led.lead_team.code == "family-support"
    assert led.last_contact_at.isoformat() == "2016-04-20T09:00:00+00:00"  # the attended one


def test_the_teams_that_worked_with_a_family_see_it(family, take_in, make_user, django_user_model):
    family.add("contacts", team="family-support")
    family.person("P3", "F2")
    family.add("families", family_ref="F2")
    assert take_in(family).code == 0

    grace = make_user("Grace", Team.objects.get(code="stockwell-hv"))
    sam = make_user("Sam", Team.objects.get(code="family-support"))
    seen_by_sam = Family.objects.visible_to(sam).values_list("source_ref", flat=True)
    assert Family.objects.visible_to(grace).count() == 2
    assert list(seen_by_sam) == ["F1"]
    assert [
        u.has_perm("families.view_family", Family.objects.get(source_ref="F1"))
        for u in (grace, sam)
    ] == [True, True]


def test_importing_again_does_not_reopen_a_record_to_a_team_that_left(family, take_in):
    family.add("contacts", team="family-support")
    take_in(family)
    Involvement.objects.filter(team__code="family-support").update(ended_at="2026-01-01T00:00Z")
    take_in(family)

    assert not Involvement.objects.filter(team__code="family-support", ended_at=None).exists()


def test_the_log_has_an_event_for_each_family_and_one_for_the_whole(family, take_in):
    family.add("contacts")
    take_in(family, "--agency", "gstt")

    event = Event.objects.get(kind="family.imported")
    assert event.family_ref == Family.objects.get().ref
    expected = {"source": "gstt", "families": 1, "people": 2, "contacts": 1, "teams": 1}
    assert event.details == expected
    assert Event.objects.get(kind="records.imported").details["rows"]["people.csv"] == 2
    assert find_breaks() == []


def test_files_may_point_to_what_leap_has_already(family, take_in, tmp_path):
    take_in(family)
    later = family.copy(tmp_path / "later")
    for name in ("people", "families", "postcodes", "teams", "sites", "services"):
        (later.path / f"{name}.csv").unlink()
    later.add("contacts")
    assert take_in(later).code == 0

    assert Contact.objects.get().family.source_ref == "F1"


def test_leap_s_own_references_work_too(okafors, chidi, files, take_in):
    files.add("contacts", family_ref=okafors.ref, person_refs=chidi.ref)
    files.add("observations", person_ref=chidi.ref, code="weight_kg", value="5")
    files.path.joinpath("contacts.csv").write_text(
        files.path.joinpath("contacts.csv").read_text().replace("2016-04-20", "2026-04-20")
    )
    files.path.joinpath("observations.csv").write_text(
        files.path.joinpath("observations.csv").read_text().replace("2016-04-20", "2026-04-20")
    )
    assert take_in(files).problems == []

    assert Contact.objects.get().family == okafors
    assert Observation.objects.get().person == chidi
