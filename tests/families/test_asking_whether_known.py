"""Asking whether people are known to any service is noted with its size, and limited."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connections

from families.inputs import NewPerson
from families.people import identity_actions
from families.people.rules import MOST_IDENTITIES, WITHIN, identities_asked
from leap.core.accounts.models import Membership
from leap.core.audit.models import Event
from leap.core.exceptions import TooMany
from leap.core.notifications.models import Notification
from tests.casework.reading import read
from tests.families.test_known_already import system_of
from tests.families.test_register import ANA, born, typed

BORN = date(2024, 1, 1)
ASKED = "identities.asked"


def people(count, start=0):
    return [
        NewPerson("child", "Kit", "Abe", BORN + timedelta(days=start + n)) for n in range(count)
    ]


def sizes(kind=ASKED):
    return list(Event.objects.filter(kind=kind).order_by("pk").values_list("details", flat=True))


def row(n):
    day = BORN + timedelta(days=n)
    return {"role": "child", "given_name": "Kit", "family_name": "Abe",
            **born(day.day, day.month, day.year)}  # fmt: skip


def body(n, team):
    day = (BORN + timedelta(days=n)).isoformat()
    child = {"role": "child", "given_name": "Kit", "family_name": "Abe", "birth_date": day}
    return {"name": "Abe", "lead_team": team.code, "people": [child]}


@pytest.mark.parametrize("address", ["/families/new/known/", "/families/new/"])
def test_each_asking_is_noted_with_its_size_and_names_nobody(client_of, grace, stockwell, address):
    client_of(grace).post(address, typed(ANA, row(1), row(2)))

    assert sizes() == [{"identities": 3}]
    assert "Ana" not in str(list(Event.objects.values()))


def test_so_it_is_by_the_api_and_where_nothing_is_saved(okafors, sam, family_support):
    child = {"role": "child", "given_name": "Chidi", "family_name": "Okafor",
             "birth_date": "2026-01-20", "nhs_number": "9434765919"}  # fmt: skip
    fields = {"name": "O", "lead_team": family_support.code, "people": [child]}

    answer = system_of(sam).send("families/", fields)

    assert answer.status_code == 409
    assert sizes() == [{"identities": 2}]
    assert sizes("identities.known") == [{"alike": 0, "elsewhere": True}]


def test_the_same_question_is_counted_once_in_an_hour(client_of, grace, stockwell):
    browser = client_of(grace)
    for _ in range(3):
        browser.post("/families/new/known/", typed(ANA))
    browser.post("/families/new/known/", typed(ANA, row(1)))

    assert sizes() == [{"identities": 1}, {"identities": 1}]


@pytest.fixture
def nearly_all(grace):
    """Grace has asked as much as she may, but for one."""
    identity_actions.ask_for_identities(people=people(MOST_IDENTITIES - 1, start=100), by=grace)


def test_beyond_the_limit_the_page_says_so_and_keeps_what_was_typed(
    nearly_all, client_of, grace, stockwell, make_user
):
    kay = make_user("Kay Obi", stockwell, role=Membership.Role.MANAGER)
    browser = client_of(grace)
    page = browser.post("/families/new/", typed(row(0), row(1), name="Abe-Silva"))

    assert page.status_code == 429
    assert "You have asked about more people within an hour" in read(page)
    assert 'value="Abe-Silva"' in page.content.decode()
    assert browser.post("/families/new/known/", typed(row(2), row(3))).status_code == 429
    assert [notice.to for notice in Notification.objects.all()] == [kay]
    assert len(sizes("identities.held_up")) == 1
    assert browser.post("/families/new/", typed(row(4), are_new="on")).status_code == 302


def test_so_does_the_api(nearly_all, grace, stockwell):
    system = system_of(grace)

    assert system.send("families/", body(0, stockwell)).status_code == 201
    refused = system.send("families/", body(1, stockwell))
    assert refused.status_code == 429
    assert "within an hour" in refused.json()["detail"]


def test_an_hour_later_it_goes_on(nearly_all, grace):
    with pytest.raises(TooMany):
        identity_actions.ask_for_identities(people=people(2), by=grace)
    events = Event.objects.filter(kind=ASKED)
    assert identities_asked(grace) == MOST_IDENTITIES - 1
    assert events.filter(at__gt=events.get().at + WITHIN).count() == 0


def test_nobody_elses_asking_counts(nearly_all, ruth, sam):
    identity_actions.ask_for_identities(people=people(30), by=ruth)
    identity_actions.ask_for_identities(people=people(30), by=sam)

    assert identities_asked(ruth) == 30


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_not_answered_more_often(grace):
    start, refused = threading.Barrier(9), []

    def ask(n):
        try:
            start.wait(60)
            identity_actions.ask_for_identities(people=people(10, start=1000 * n), by=grace)
        except TooMany:
            refused.append(n)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 9 - MOST_IDENTITIES // 10
    assert identities_asked(grace) == MOST_IDENTITIES
