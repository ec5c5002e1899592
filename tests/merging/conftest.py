"""The Okafors are registered a second time by another health visitor of the team."""

from datetime import date

import pytest

from families.inputs import NewPerson
from families.models import Family, Person
from families.people import actions


@pytest.fixture
def again(okafors, miriam, stockwell, sw9) -> Family:
    return actions.register_family(
        name="Okafor and Eze",
        lead_team=stockwell,
        by=miriam,
        people=[
            NewPerson("mother", "Ada", "Okafor", date(1992, 3, 14), telephone="07700 900123"),
            NewPerson("child", "Chidiebere", "Okafor", date(2026, 1, 20), postcode=sw9),
        ],
    )


@pytest.fixture
def chidi_again(again) -> Person:
    return Person.objects.get(given_name="Chidiebere")


@pytest.fixture
def ada(okafors) -> Person:
    return Person.objects.get(given_name="Ada", members__family=okafors)


@pytest.fixture
def ada_again(again) -> Person:
    return Person.objects.get(given_name="Ada", members__family=again)
