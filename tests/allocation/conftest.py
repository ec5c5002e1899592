"""More families of Stockwell's, and one that the midwives hand over to it."""

from collections.abc import Callable
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
from tests.sites.conftest import ada, make_session  # noqa: F401


@pytest.fixture
def make_family(grace: User, stockwell: Team) -> Callable[..., Family]:
    def make(name: str, team: Team | None = None, by: User | None = None) -> Family:
        born_on = timezone.localdate() - timedelta(days=11)
        return register_family(
            name=name,
            lead_team=team or stockwell,
            by=by or grace,
            people=[NewPerson("child", "Kit", name, born_on)],
        )

    return make


@pytest.fixture
def make_handover(
    make_family: Callable[..., Family], midwives: Team, stockwell: Team, ruth: User
) -> Callable[[str], Referral]:
    def make(name: str) -> Referral:
        return sender_actions.refer(
            family=make_family(name, midwives, ruth),
            pathway=Pathway.objects.get(code="postnatal-handover"),
            from_team=midwives,
            to_team=stockwell,
            reason="Discharged today, feeding well.",
            by=ruth,
        )

    return make


@pytest.fixture
def handover(make_handover: Callable[[str], Referral]) -> Referral:
    return make_handover("Castellano")
