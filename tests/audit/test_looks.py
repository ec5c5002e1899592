"""Every look at a family is in its log: once, by whom, how, and at what level."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.authtoken.models import Token

from families.contacts import actions
from families.inputs import NewContact
from families.models import Contact, Family, Involvement
from leap.core.audit.models import Event
from tests.casework.many import make_families
from tests.casework.reading import statements


def looks(family=None):
    events = Event.objects.filter(kind="family.opened").order_by("pk")
    events = events.about_family(family.ref) if family else events
    assert all(event.team_code for event in events)
    return [(event.by_name, event.details["level"], event.details["how"]) for event in events]


@pytest.fixture
def visit(okafors, stockwell, grace, chidi):
    new = NewContact("home_visit", timezone.now(), "attended", concerned=[chidi])
    return actions.log_contact(family=okafors, new=new, team=stockwell, by=grace)


@pytest.fixture
def see(client_of, okafors):
    return lambda user: client_of(user).get(f"/families/{okafors.ref}/")


@pytest.fixture
def system_of(client):
    def ask(user, address):
        token, _ = Token.objects.get_or_create(user=user)
        return client.get(f"/api/v1/{address}", headers={"Authorization": f"Token {token.key}"})

    return ask


def test_a_shared_record(see, grace, okafors, visit):
    see(grace)

    assert looks(okafors) == [("Grace Mensah", "shared", "page")]


def test_a_record_with_entries_of_her_own_agency(see, grace, okafors, stockwell, visit):
    Contact.objects.filter(pk=visit.pk).update(layer="agency", agency=stockwell.agency)

    see(grace)

    assert looks(okafors) == [("Grace Mensah", "agency", "page")]


def test_entries_of_another_agency_do_not_raise_the_level(see, grace, okafors, midwives, visit):
    Contact.objects.filter(pk=visit.pk).update(layer="agency", agency=midwives.agency)

    see(grace)

    assert looks(okafors) == [("Grace Mensah", "shared", "page")]


def test_a_record_with_a_note_that_names_her(see, grace, miriam, okafors, visit):
    Contact.objects.filter(pk=visit.pk).update(layer="restricted", named=[grace.pk])

    see(grace)
    see(miriam)

    assert looks(okafors) == [
        ("Grace Mensah", "restricted", "page"),
        ("Miriam Levy", "shared", "page"),
    ]


def test_a_restricted_family(see, grace, okafors):
    Family.objects.filter(pk=okafors.pk).update(restriction="refuge")
    okafors.involvements.update(names_only=True)
    Involvement.objects.create(family=okafors, practitioner=grace, reason="named")

    see(grace)

    assert looks(okafors) == [("Grace Mensah", "restricted", "page")]


def test_a_record_opened_in_an_emergency(see, sam, okafors):
    until = timezone.now() + timedelta(hours=4)
    Involvement.objects.create(
        family=okafors, practitioner=sam, reason="break_glass", ended_at=until
    )

    see(sam)

    assert looks(okafors) == [("Sam Ortiz", "break_glass", "page")]


# Systems


def test_a_system_that_asks_every_minute_is_noted_once_an_hour(
    system_of, grace, okafors, time_machine
):
    hour = timezone.now().replace(minute=1) + timedelta(days=1)
    time_machine.move_to(hour, tick=False)
    for _ in range(3):
        system_of(grace, f"families/{okafors.ref}/")
    assert looks() == [("Grace Mensah", "shared", "api")]

    time_machine.move_to(hour + timedelta(hours=1), tick=False)
    system_of(grace, f"families/{okafors.ref}/")
    assert looks() == [("Grace Mensah", "shared", "api")] * 2


def test_a_list_is_a_look_at_every_family_in_it(system_of, grace, okafors, stockwell, visit):
    system_of(grace, "contacts/")
    system_of(grace, "contacts/")

    assert looks(okafors) == [("Grace Mensah", "shared", "api")]
    [listed] = Event.objects.filter(kind="records.listed")
    assert listed.details == {"resource": "contacts", "rows": 1}


def test_a_list_with_nothing_new_in_it_adds_nothing(system_of, grace, okafors):
    system_of(grace, "families/")
    before = Event.objects.count()
    system_of(grace, "families/")
    system_of(grace, "contacts/")

    assert Event.objects.count() == before


def test_noting_a_page_of_many_costs_no_more_statements(system_of, grace, okafors, stockwell):
    Token.objects.create(user=grace)
    born = timezone.localdate()
    make_families(3, stockwell, grace, born, "SILVA")
    few = statements(lambda: system_of(grace, "families/"))
    make_families(40, stockwell, grace, born, "COSTA")

    assert statements(lambda: system_of(grace, "families/")) == few
