"""More of the cast: Bola joins, Farida manages beside Miriam, Tom runs the programme with Asha."""

from datetime import date

import pytest

from families.inputs import NewPerson
from families.people.actions import register_family
from leap.core.accounts.models import Membership, User


@pytest.fixture
def bola(make_user, stockwell):
    """A colleague of Grace's."""
    return make_user("Bola Adeyemi", stockwell)


@pytest.fixture
def tom(make_user):
    """Another admin."""
    return make_user("Tom Price", programme_role=User.ProgrammeRole.ADMIN)


@pytest.fixture
def make_families(grace, stockwell, sw9):
    def make(count, lead=None):
        child = NewPerson("child", "Ife", "Silva", date(2026, 1, 20), sex="female", postcode=sw9)
        return [
            register_family(
                name=f"Silva {number}", lead_team=stockwell, by=lead or grace, people=[child]
            )
            for number in range(count)
        ]

    return make


@pytest.fixture
def role_in():
    """What somebody is in a team today, or None."""

    def role(user, team):
        spell = Membership.objects.live().filter(user=user, team=team).first()
        return spell and spell.role

    return role
