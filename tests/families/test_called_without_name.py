"""Whoever has no name yet is called the same wherever they are read, and a dead baby not unborn."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import connection
from django.utils import timezone

from families.access.loading import family_for
from families.contacts import actions
from families.inputs import NewContact
from families.models import Member, Person
from families.models.people import SHORT_NAME
from leap.casework.life_events import actions as life
from leap.casework.offline.visit_bundle import visit
from leap.core.ids import new_ref
from tests.casework.reading import read

A_DAY = date(2026, 2, 3)


@pytest.mark.parametrize(
    ("given_name", "family", "born", "due", "died"),
    [
        case
        for case in product(
            ("", "Ada"), ("", "Okafor"), (None, A_DAY), (None, A_DAY), (None, A_DAY)
        )
        if case[2] or case[3] or not case[4]
    ],
)
def test_sql_and_python_call_everybody_the_same(db, given_name, family, born, due, died):
    person = Person.objects.create(
        ref=new_ref("P", 8), given_name=given_name, family_name=family, birth_date=born,
        due_date=due, died_on=died,
    )  # fmt: skip
    with connection.cursor() as cursor:
        sql = f"SELECT {SHORT_NAME.format('p')} FROM families_person p WHERE p.id = %s"
        cursor.execute(sql, [person.pk])
        assert cursor.fetchone()[0] == (given_name or family or person.name)


@pytest.mark.parametrize("weeks", [20, 2])
def test_a_baby_who_died_is_nowhere_called_unborn(okafors, grace, stockwell, client_of, weeks):
    baby = Person.objects.create(
        ref=new_ref("P", 8), due_date=timezone.localdate() + timedelta(weeks=weeks)
    )
    Member.objects.create(family=okafors, person=baby, role="unborn")
    at = timezone.now() - timedelta(hours=1)
    actions.log_contact(
        family=okafors,
        new=NewContact("home_visit", at, "attended", [baby]),
        team=stockwell,
        by=grace,
    )
    browser, page = client_of(grace), f"/families/{okafors.ref}/"
    assert "Unborn baby" in read(browser.get(f"{page}chronology/?show=everything"))

    life.record_loss(family=okafors, person=baby, on=timezone.localdate(), team=stockwell, by=grace)

    pages = [
        page,
        f"{page}chronology/?show=everything",
        f"{page}chronology/print/?show=everything",
        f"{page}before/",
        "/due/",
        "/",
    ]
    for address in pages:
        words = client_of(grace).get(address).content.decode()

        assert "Unborn baby" not in words, address
    assert "Unborn baby" not in visit(family_for(grace, okafors.ref), grace)["before"]
