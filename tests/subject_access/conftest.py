"""Ada asks what is kept about her. The notes speak of Emeka, too."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from families.contacts import actions as contact_actions
from families.inputs import NewContact, ObservationInput
from families.models import Person
from leap.governance.subject_access import actions
from leap.governance.subject_access.actions.requests import NewRequest
from leap.governance.subject_access.models import DisclosureItem

NOTE = "Ada is well. Emeka has lost his job; ring him on 07700 900123."


@pytest.fixture
def ada(okafors):
    return Person.objects.get(given_name="Ada", members__family=okafors)


@pytest.fixture
def emeka(okafors):
    return Person.objects.get(given_name="Emeka", members__family=okafors)


@pytest.fixture
def log(okafors, stockwell, grace):
    def contact(*concerned, note=NOTE, findings=()):
        new = NewContact(
            "home_visit",
            timezone.now() - timedelta(hours=1),
            "attended",
            concerned=list(concerned),
            note=note,
            findings=list(findings),
        )
        return contact_actions.log_contact(family=okafors, new=new, team=stockwell, by=grace)

    return contact


@pytest.fixture
def ask(okafors, grace):
    """Somebody asks; the record is gathered at once."""

    def record(person, asked_by=None, asker="self"):
        day = timezone.localdate()
        new = NewRequest(person, asker, day, "passport", day, asked_by=asked_by or person)
        request = actions.record_request(family=okafors, new=new, by=grace)
        actions.gather(request=request)
        request.refresh_from_db()
        return request

    return record


@pytest.fixture
def settle(miriam):
    """Miriam decides on everything left: what others said is left out, the rest leaves."""

    def settled(request):
        for piece in request.pieces.to_read().undecided():
            out = piece.proposal == DisclosureItem.Proposal.LEAVE_OUT
            actions.decide(
                request=request,
                piece=piece,
                decision="leave_out" if out else "keep",
                exemption="third_party" if out else "",
                by=miriam,
            )
        return request

    return settled


@pytest.fixture
def born():
    return date(2026, 1, 20)


@pytest.fixture
def disclosed(log):
    """Somebody told Grace of domestic abuse."""

    def disclose(person, note="She told me what he did."):
        finding = ObservationInput(person, "domestic_abuse_disclosed", "yes")
        return log(person, note=note, findings=[finding])

    return disclose
