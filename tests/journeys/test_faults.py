"""A worker dies in the night, a broker stops while somebody works: nothing is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from families.models import Contact
from leap.machine import backing
from leap.safekeeping.models import Message
from leap.safekeeping.tasks import deliver_outbox
from outcomes import actions, tasks
from outcomes.models import Figure, Night, Step
from referrals import actions as referrals
from referrals.models import Pathway
from tests.broker import broker_at
from tests.crew import kill, wait_until, worker

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_night_whose_worker_is_killed_completes_when_there_is_one_again(chidi):
    night = actions.begin_night(as_at=timezone.localdate())
    last = night.steps.order_by("pk").last()
    with worker() as doomed, transaction.atomic():
        Step.objects.select_for_update().get(pk=last.pk)  # kept from it, so that it cannot finish
        tasks.work_night.delay(night.pk)
        wait_until(lambda: night.steps.exclude(status=Step.Status.WAITING).count() > 3)
        kill(doomed)
    assert Night.objects.get(pk=night.pk).status == Night.Status.RUNNING
    assert not Figure.objects.published().exists()

    with worker():
        tasks.tend_night.delay()
        wait_until(lambda: Night.objects.get(pk=night.pk).status == Night.Status.PUBLISHED)

    assert not night.steps.filter(status=Step.Status.FAILED).exists()
    assert Figure.objects.published().exists()


@contextmanager
def a_broker_that_stopped(folder: Path) -> Iterator[None]:
    """A real one that answered a moment ago and does no longer."""
    with backing.running([backing.VALKEY], folder, scratch=True) as [share]:
        address = share.address
        with broker_at(address):
            deliver_outbox.delay()  # it answers
    with broker_at(address):
        yield


def test_work_goes_on_without_a_broker_and_notices_go_when_it_is_back(
    client_of, grace, okafors, chidi, stockwell, family_support, pathways, tmp_path
):
    client = client_of(grace)
    now = timezone.localtime()
    contact = {"concerned": [chidi.ref], "kind": "phone", "outcome": "attended", "note": "Rang."}
    contact |= {"on": now.date(), "at": "00:00", "team": stockwell.code, "submission": "1"}
    pathway = Pathway.objects.get(code="health-visiting-to-family-support")
    with a_broker_that_stopped(tmp_path):
        client.post(f"/families/{okafors.ref}/contacts/new/", contact)
        referrals.refer(
            family=okafors,
            pathway=pathway,
            from_team=stockwell,
            to_team=family_support,
            reason="Ada would like help with sleep.",
            by=grace,
        )
    assert Contact.objects.filter(note="Rang.").count() == 1
    assert Message.objects.filter(delivered_at=None).count() == 1

    with worker():
        deliver_outbox.delay()
        wait_until(lambda: not Message.objects.filter(delivered_at=None).exists())
