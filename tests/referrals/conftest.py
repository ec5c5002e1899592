"""Referrals of the cast: a plain one and a handover, and the families they are about."""

from datetime import timedelta

import pytest
from django.utils import timezone

from families.inputs import NewPerson
from families.models import Family
from families.people.actions import register_family
from leap.core.accounts.models import Team, User
from referrals.models import Pathway, Referral
from referrals.transitions import sender_actions
from tests.api.conftest import system_of  # noqa: F401


@pytest.fixture(autouse=True)
def _with_the_pathways(db: None) -> None:
    """Every test here asks about referrals, and every referral takes a pathway."""


@pytest.fixture
def to_support(db: None) -> Pathway:
    return Pathway.objects.get(code="health-visiting-to-family-support")


@pytest.fixture
def referral(
    okafors: Family, to_support: Pathway, stockwell: Team, family_support: Team, grace: User
) -> Referral:
    """Stockwell health visiting asks family support to help the Okafors."""
    return sender_actions.refer(
        family=okafors,
        pathway=to_support,
        from_team=stockwell,
        to_team=family_support,
        reason="Ada would like help with sleep.",
        by=grace,
    )


@pytest.fixture
def castellanos(ruth: User, midwives: Team) -> Family:
    """Led by the midwives: a baby of five days."""
    born_on = timezone.localdate() - timedelta(days=5)
    return register_family(
        name="Castellano",
        lead_team=midwives,
        by=ruth,
        people=[
            NewPerson("mother", "Rosa", "Castellano"),
            NewPerson("child", "Leo", "Castellano", born_on),
        ],
    )


@pytest.fixture
def handover(castellanos: Family, midwives: Team, stockwell: Team, ruth: User) -> Referral:
    """The midwives hand the Castellanos over to Stockwell health visiting."""
    return sender_actions.refer(
        family=castellanos,
        pathway=Pathway.objects.get(code="postnatal-handover"),
        from_team=midwives,
        to_team=stockwell,
        reason="Discharged today, feeding well.",
        by=ruth,
    )
