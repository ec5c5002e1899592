"""The Okafors, with family support around them, and colleagues of Grace's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from families.access import involvement_actions
from families.contacts import actions as contact_actions
from families.inputs import Audience, NewContact
from families.models import Involvement, Person


@pytest.fixture
def ada(okafors):
    return Person.objects.get(given_name="Ada")


@pytest.fixture
def emeka(okafors):
    return Person.objects.get(given_name="Emeka")


@pytest.fixture
def around(okafors, family_support, grace):
    """Family support works with the Okafors, too."""
    family_support.telephone = "020 7946 0102"
    family_support.save()
    reason = Involvement.Reason.TEAM_AROUND_FAMILY
    return involvement_actions.involve(family=okafors, team=family_support, reason=reason, by=grace)


@pytest.fixture
def keep(okafors, chidi):
    """Log a contact for some audience."""

    def log(by, layer="shared", *named, note="Kept words.", **fields):
        usual = {"kind": "home_visit", "outcome": "attended", "concerned": [chidi]}
        usual |= {"occurred_at": timezone.now() - timedelta(days=1, hours=2)}
        new = NewContact(**(usual | fields), note=note, audience=Audience(layer, list(named)))
        return contact_actions.log_contact(family=okafors, new=new, team=by.teams[0], by=by)

    return log
