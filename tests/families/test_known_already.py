"""Whether somebody is known already is asked by the one action, for page and API, one at a time."""

import threading
from datetime import date

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from families.inputs import NewPerson
from families.models import Family, Person, Restriction
from families.people import actions
from families.people.duplicates import PossibleDuplicatesFound
from leap.core.audit.models import Event
from tests.api.conftest import System
from tests.casework.reading import read
from tests.families.test_register import born, typed

NUMBER = "9434765919"
CHIDI = {"role": "child", "given_name": "Chidi", "family_name": "Okafor",
         "birth_date": "2026-01-20"}  # fmt: skip


@pytest.fixture
def register(client_of, grace, stockwell):
    def send(**more):
        body = {"name": "Okafor", "lead_team": stockwell.code, "people": [CHIDI]} | more
        return system_of(grace).send("families/", body)

    return send


def system_of(user):
    return System(user)


def test_the_api_says_so_of_a_child_whom_the_caller_leads(register, okafors):
    answer = register()

    assert answer.status_code == 409
    assert okafors.ref in answer.json()["detail"]
    assert "born on the same day" in answer.json()["detail"]
    assert Family.objects.count() == 1


@pytest.mark.parametrize(
    "person",
    [
        {**CHIDI, "birth_date": "2026-01-20", "given_name": "Chidy"},
        {"role": "mother", "given_name": "Okafor", "family_name": "Ada",
         "birth_date": "1992-03-14"},
        {"role": "father", "given_name": "Emeka", "family_name": "Okafor",
         "birth_date": "1990-01-07"},
        {"role": "child", "given_name": "Chidi", "family_name": "Eze", "birth_date": "2026-01-20",
         "postcode": "SW9 9TX"},
    ],
)  # fmt: skip
def test_so_it_does_of_one_misspelt_turned_round_or_of_another_surname(register, okafors, person):
    assert register(people=[person]).status_code == 409


def test_told_that_they_are_new_it_registers_them(register, okafors):
    assert register(are_new=True).status_code == 201
    assert Family.objects.count() == 2


@pytest.mark.parametrize("restriction", ["", Restriction.REFUGE])
def test_of_a_family_out_of_sight_it_says_that_there_may_be_one(
    okafors, sam, family_support, restriction
):
    Family.objects.update(restriction=restriction)
    body = {"name": "O", "lead_team": family_support.code, "people": [CHIDI]}

    answer = system_of(sam).send("families/", body)

    assert answer.status_code == (201 if restriction else 409)
    assert okafors.ref not in answer.content.decode()
    assert "Stockwell" not in answer.content.decode()


def test_adding_somebody_to_a_family_asks_too(okafors, client_of, sam, family_support):
    theirs = actions.register_family(name="Eze", lead_team=family_support, by=sam, people=[])
    father = {"role": "father", "given_name": "Emeka", "family_name": "Okafor", **born(1, 7, 1990)}

    page = read(client_of(sam).post(f"/families/{theirs.ref}/people/add/", father))

    assert "Another team may know them" in page
    assert not theirs.members.exists()
    client_of(sam).post(f"/families/{theirs.ref}/people/add/", {**father, "are_new": "on"})
    assert theirs.members.count() == 1


def test_the_action_asks_whoever_calls_it(okafors, grace, stockwell):
    again = NewPerson("child", "Chidi", "Okafor", date(2026, 1, 20))

    with pytest.raises(PossibleDuplicatesFound, match=okafors.ref):
        actions.register_family(
            name="O", lead_team=stockwell, by=grace, people=[again], are_new=False
        )
    with pytest.raises(PossibleDuplicatesFound):
        actions.add_person(family=okafors, new=again, with_children=False, by=grace, are_new=False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["number", "name", "api"])
def test_twelve_at_once_make_one_family(how, make_user, make_team, client_of):
    """Of as many teams, none of which sees another's."""
    teams = [make_team(f"team-{n}") for n in range(12)]
    users = [make_user(f"Worker{n} Abe", team) for n, team in enumerate(teams)]
    start, answers = threading.Barrier(12), []

    def press(user):
        person = {**CHIDI, "nhs_number": NUMBER} if how == "number" else CHIDI
        try:
            browser = system_of(user) if how == "api" else client_of(user)
            start.wait(60)
            if how == "api":
                body = {"name": "O", "lead_team": user.teams[0].code, "people": [person]}
                answers.append(browser.send("families/", body).status_code == 201)
            else:
                row = {**person, **born(20, 1, 2026)}
                fields = typed(row, team=user.teams[0].code)
                answers.append(browser.post("/families/new/", fields).status_code == 302)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [False] * 11 + [True]
    assert Person.objects.count() == 1


def test_the_number_of_locks_does_not_grow_with_the_people(grace, stockwell):
    people = [NewPerson("child", f"Kit {n}", "Abe", date(2025, 1, 1 + n % 28)) for n in range(40)]

    with CaptureQueriesContext(connection) as queries:
        actions.register_family(
            name="Abe", lead_team=stockwell, by=grace, people=people[:2], are_new=False
        )
    assert sum("pg_advisory" in query["sql"] for query in queries) == 1


def test_a_registering_says_in_the_log_whether_they_were_said_to_be_new(register, okafors):
    register(are_new=True)

    assert Event.objects.filter(kind="family.registered").last().details["are_new"] is True
