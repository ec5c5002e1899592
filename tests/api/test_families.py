from datetime import timedelta

import pytest
from django.utils import timezone

from families.models import Contact, Family, Involvement, Observation, Person
from leap.core.audit.models import Event


def test_grace_reads_the_family_her_team_leads(system_of, grace, okafors):
    family = system_of(grace).read(f"families/{okafors.ref}/").json()
    assert (family["ref"], family["lead_team"]) == (okafors.ref, "stockwell-health-visiting")
    assert [member["role"] for member in family["members"]] == ["mother", "father", "child"]
    assert "id" not in family


def test_reading_a_family_is_in_its_log(system_of, grace, okafors):
    system_of(grace).read(f"families/{okafors.ref}/")
    assert Event.objects.about_family(okafors.ref).filter(kind="family.opened").count() == 1


def test_a_session_opens_a_family_once_however_often_it_reads(client_of, grace, okafors):
    browser = client_of(grace)
    for address in ("families", "families", "contacts"):
        named = okafors.ref if address == "families" else ""
        browser.get(f"/api/v1/{address}/{named}" + ("/" if named else f"?family={okafors.ref}"))
    assert Event.objects.filter(kind="family.opened").count() == 1


def test_a_family_of_others_is_like_one_that_does_not_exist(system_of, sam, okafors):
    system = system_of(sam)
    hidden = system.read(f"families/{okafors.ref}/")
    absent = system.read("families/LB-22222/")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.json() | {"instance": ""} == absent.json() | {"instance": ""}


def test_nothing_of_a_family_is_in_the_lists_of_others(system_of, grace, sam, home_visit):
    assert system_of(grace).send("contacts/", home_visit).status_code == 201
    sams = system_of(sam)
    for address in ("families", "persons", "contacts", "observations"):
        assert sams.rows(f"{address}/") == []


def test_a_person_shows_only_the_families_the_reader_sees(
    system_of, grace, midwives, ruth, chidi, okafors
):
    from families.inputs import NewPerson
    from families.models import Member
    from families.people.actions import register_family

    apart = register_family(
        name="Eze", lead_team=midwives, by=ruth, people=[NewPerson("father", "Emeka")]
    )
    Member.objects.create(family=apart, person=chidi, role="child")
    person = system_of(grace).read(f"persons/{chidi.ref}/").json()
    assert [membership["family"] for membership in person["families"]] == [okafors.ref]


def test_a_contact_is_logged_with_what_was_found(system_of, grace, home_visit, chidi):
    answer = system_of(grace).send("contacts/", home_visit)
    assert answer.status_code == 201
    assert answer["Location"] == f"/api/v1/contacts/{answer.json()['ref']}/"
    assert answer.json()["concerned"] == [chidi.ref]
    assert Observation.objects.get().value == "4.2"
    assert Contact.objects.get().by == grace


def test_a_contact_read_again_says_the_same(system_of, grace, home_visit):
    system = system_of(grace)
    answer = system.send("contacts/", home_visit)
    assert system.get(answer["Location"]).json() == answer.json()


def test_ruth_cannot_log_for_a_team_she_is_not_in(system_of, ruth, grace, home_visit, midwives):
    from families.access.involvement_actions import involve

    involve(family=Family.objects.get(), team=midwives, reason="team_around_family", by=grace)
    answer = system_of(ruth).send("contacts/", home_visit)
    assert answer.status_code == 403
    assert "not in Stockwell health visiting" in answer.json()["detail"]
    assert not Contact.objects.exists()


def test_a_contact_with_a_family_of_others_names_the_field(system_of, sam, home_visit):
    answer = system_of(sam).send("contacts/", home_visit)
    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == {"family"}


def test_each_bad_field_has_its_entry(system_of, grace, home_visit):
    bad = {"kind": "dance", "occurred_at": "yesterday", "minutes": 100_000, "minuts": 5}
    answer = system_of(grace).send("contacts/", home_visit | bad)
    assert {error["field"] for error in answer.json()["errors"]} == {"minuts"}
    answer = system_of(grace).send("contacts/", home_visit | {k: bad[k] for k in list(bad)[:3]})
    assert [error["field"] for error in answer.json()["errors"]] == [
        "kind",
        "occurred_at",
        "minutes",
    ]


def test_a_weight_in_grams_is_refused_by_its_place(system_of, grace, home_visit):
    home_visit["findings"][0]["value"] = "4200"
    answer = system_of(grace).send("contacts/", home_visit)
    assert answer.json()["errors"][0]["field"] == "findings.0.value"
    assert "If it was in grams" in answer.json()["errors"][0]["detail"]


def test_a_contact_in_the_future_is_refused_by_the_same_rule_as_the_page(
    system_of, grace, home_visit
):
    answer = system_of(grace).send("contacts/", home_visit | {"occurred_at": "2090-01-01T10:00Z"})
    assert answer.json()["errors"][0]["field"] == "occurred_at"


def test_a_family_is_registered_with_its_people(system_of, grace, stockwell, sw9):
    people = [
        {"role": "mother", "given_name": "Ada", "postcode": "sw99tx"},
        {"role": "unborn", "due_date": str(timezone.localdate() + timedelta(days=90))},
    ]
    body = {"name": "Okafor", "lead_team": stockwell.code, "people": people}
    answer = system_of(grace).send("families/", body)
    assert answer.status_code == 201
    assert [member["role"] for member in answer.json()["members"]] == ["mother", "unborn"]
    assert Person.objects.filter(residences__postcode=sw9).count() == 1


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [
        ("BFPO 801", "BFPO 801"),
        ("im1 1ae", "IM1 1AE"),
        ("D02 AF30", "D02 AF30"),
        ("zz993vz", "ZZ99 3VZ"),
        ("overseas", "ABROAD"),
    ],
)
def test_a_home_that_no_directory_lists_is_kept(system_of, grace, stockwell, typed, postcode):
    people = [{"role": "mother", "given_name": "Ada", "postcode": typed}]
    body = {"name": "Okafor", "lead_team": stockwell.code, "people": people}
    assert system_of(grace).send("families/", body).status_code == 201
    assert Person.objects.get().residences.get().postcode.postcode == postcode


def test_an_observation_is_recorded(system_of, grace, okafors, chidi):
    body = {"family": okafors.ref, "person": chidi.ref, "code": "height_cm", "value": "61.5"}
    answer = system_of(grace).send("observations/", body)
    assert answer.status_code == 201
    assert answer.json()["value"] == "61.5"


def test_an_nhs_number_that_does_not_add_up_is_refused_by_its_place(system_of, grace, stockwell):
    people = [
        {"role": "mother", "nhs_number": "943 476 5919"},
        {"role": "father", "nhs_number": "1"},
    ]
    body = {"name": "Okafor", "lead_team": stockwell.code, "people": people}
    answer = system_of(grace).send("families/", body)
    assert [error["field"] for error in answer.json()["errors"]] == ["people.1.nhs_number"]
    assert not Family.objects.exists()


def test_a_child_needs_a_birth_date_and_an_unborn_baby_no_second_one(system_of, grace, stockwell):
    people = [{"role": "child"}, {"role": "unborn", "birth_date": "2026-01-01"}]
    body = {"name": "Okafor", "lead_team": stockwell.code, "people": people}
    fields = [e["field"] for e in system_of(grace).send("families/", body).json()["errors"]]
    assert fields == ["people.0.birth_date", "people.1.due_date", "people.1.birth_date"]


def test_champions_register_no_families(system_of, make_user, make_team):
    chloe = make_user("Chloe Diaz", make_team("champions", "champions"))
    body = {"name": "Okafor", "lead_team": "champions", "people": [{"role": "mother"}]}
    answer = system_of(chloe).send("families/", body)
    assert answer.status_code == 403
    assert not Family.objects.exists()


def test_who_looks_in_an_emergency_adds_nothing(system_of, dele, okafors, chidi):
    until = timezone.now() + timedelta(hours=4)
    Involvement.objects.create(
        family=okafors, practitioner=dele, reason="break_glass", ended_at=until
    )
    body = {"family": okafors.ref, "person": chidi.ref, "code": "height_cm", "value": "61.5"}
    assert system_of(dele).read(f"families/{okafors.ref}/").status_code == 200
    assert system_of(dele).send("observations/", body).status_code == 403


def test_a_contact_takes_few_statements_however_much_is_in_it(
    system_of, grace, home_visit, okafors, chidi, django_assert_num_queries
):
    system = system_of(grace)
    home_visit["present"] = [person.ref for person in Person.objects.all()]
    home_visit["findings"] *= 5
    with django_assert_num_queries(STATEMENTS):
        assert system.send("contacts/", home_visit).status_code == 201


# With the transaction, the key, a draft to drop, signing in, three to stand behind row-level
# security (one of which a web process never takes) and reading back what was found.
STATEMENTS = 22
