"""Grace has asked Sam's team for help with the Okafors; Esi manages that team."""

import pytest

from leap.core.accounts.models import Membership
from referrals.models import Pathway
from referrals.transitions import sender_actions


@pytest.fixture
def esi(make_user, family_support):
    return make_user("Esi Boateng", family_support, role=Membership.Role.MANAGER)


@pytest.fixture
def referral(okafors, stockwell, family_support, grace, esi):
    return sender_actions.refer(
        family=okafors,
        pathway=Pathway.objects.get(code="health-visiting-to-family-support"),
        from_team=stockwell,
        to_team=family_support,
        reason="Ada would like help with sleep.",
        by=grace,
    )
