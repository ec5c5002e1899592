"""A worker dies, a broker stops, a database goes down while somebody works: nothing is lost, and
nothing is sent twice."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils import timezone

from families.models import Contact
from leap.core.audit.models import Event
from leap.core.notifications.models import Notification
from leap.core.outbox.actions import deliver_waiting
from leap.core.outbox.models import Message
from leap.core.outbox.tasks import deliver_outbox
from leap.governance.integrity import PROMISES
from leap.ops.runtime import servers
from outcomes.calculation import nights, tasks
from outcomes.models import CalculationStep, Figure, Night
from referrals.models import Pathway, Referral
from referrals.transitions import sender_actions
from tests.app_processes import kill, wait_until, worker
from tests.broker import broker_at
from tests.casework.many import make_families
from tests.elsewhere import database_elsewhere
from tests.letterbox import letterbox

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_night_whose_worker_is_killed_completes_when_there_is_one_again(chidi):
    night = nights.start_night(as_at=timezone.localdate())
    last = night.steps.order_by("pk").last()
    with worker() as doomed, transaction.atomic():
        CalculationStep.objects.select_for_update().get(
            pk=last.pk
        )  # kept from it, so that it cannot finish
        tasks.work_night.delay(night.pk)
        wait_until(lambda: night.steps.exclude(status=CalculationStep.Status.WAITING).count() > 3)
        kill(doomed)
    assert Night.objects.get(pk=night.pk).status == Night.Status.RUNNING
    assert not Figure.objects.published().exists()

    with worker():
        tasks.tend_night.delay()
        wait_until(lambda: Night.objects.get(pk=night.pk).status == Night.Status.PUBLISHED)

    assert not night.steps.filter(status=CalculationStep.Status.FAILED).exists()
    assert Figure.objects.published().exists()


@contextmanager
def a_broker_that_stopped(folder: Path) -> Iterator[None]:
    """A real one that answered a moment ago and does no longer."""
    with servers.running([servers.VALKEY], folder, scratch=True) as [share]:
        address = share.address
        with broker_at(address):
            deliver_outbox.delay()  # it answers
    with broker_at(address):
        yield


def test_work_goes_on_without_a_broker_and_notices_go_when_it_is_back(
    client_of, grace, okafors, chidi, stockwell, family_support, tmp_path
):
    client = client_of(grace)
    now = timezone.localtime()
    contact = {"concerned": [chidi.ref], "kind": "phone", "outcome": "attended", "note": "Rang."}
    contact |= {"on": now.date(), "at": "00:00", "team": stockwell.code, "submission": "1"}
    pathway = Pathway.objects.get(code="health-visiting-to-family-support")
    with a_broker_that_stopped(tmp_path):
        client.post(f"/families/{okafors.ref}/contacts/new/", contact)
        sender_actions.refer(
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


@pytest.fixture
def refer(grace, stockwell, family_support):
    """Grace asks for help for so many families."""

    def send(count):
        born = date(2026, 1, 1)
        pathway = Pathway.objects.get(code="health-visiting-to-family-support")
        return [
            sender_actions.refer(
                family=family,
                pathway=pathway,
                from_team=stockwell,
                to_team=family_support,
                reason="Sleep.",
                by=grace,
            )
            for family in make_families(count, stockwell, grace, born, "ABE")
        ]

    return send


def check_promises():
    assert [promise.none_of for promise in PROMISES if promise.look().count] == []


def goes_to(mail, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = mail.server_address


def waiting():
    return Message.objects.waiting().count()


def test_fifty_are_sent_without_a_broker_and_the_worker_dies_delivering_them(
    refer, sam, tmp_path, settings
):
    """It dies at the worst moment: the mail server has said yes, and nobody has written that down.
    That one goes again, under the same Message-ID, by which a mail server knows it."""
    with a_broker_that_stopped(tmp_path):
        refer(50)
    assert (waiting(), Notification.objects.filter(to=sam).count()) == (50, 50)

    with letterbox() as mail:
        mail.stops_after = 20
        with worker(EMAIL_URL=mail.address) as doomed:
            deliver_outbox.delay()
            wait_until(lambda: len(mail.kept) == 20)
            kill(doomed)
        assert waiting() == 31
        mail.go_on.set()
        goes_to(mail, settings)
        wait_until(lambda: deliver_waiting() == 0 and not waiting())

    assert len(set(mail.names)) == 50
    assert Counter(Counter(mail.names).values()) == {1: 49, 2: 1}
    assert mail.names.count(mail.names[19]) == 2
    check_promises()


ACCEPTED, HANDS = 24, 4


def test_the_database_goes_down_while_referrals_are_accepted(refer, sam, client_of, settings):
    """Whoever gets no answer presses again. Each is accepted once and its sender told once."""
    todo = [referral.ref for referral in refer(ACCEPTED)]
    with database_elsewhere() as database:
        hands = [Hand(client_of(sam), todo[n::HANDS]) for n in range(HANDS)]
        for hand in hands:
            hand.start()
        wait_until(lambda: sum(len(hand.answers) for hand in hands) >= ACCEPTED // 4, seconds=60)
        database.restart()
        for hand in hands:
            hand.join(60)

        answers = [answer for hand in hands for answer in hand.answers]
        assert answers == [302] * ACCEPTED
        assert sum(hand.in_vain for hand in hands)
        connection.close()
        assert Referral.objects.filter(status="accepted").count() == ACCEPTED
        assert Event.objects.filter(kind="referral.accepted").count() == ACCEPTED
        assert Notification.objects.filter(kind="accepted").count() == ACCEPTED
        with letterbox() as mail:
            goes_to(mail, settings)
            deliver_waiting()
        assert len(mail.names) == len(set(mail.names)) == 2 * ACCEPTED
        check_promises()


class Hand(threading.Thread):
    """Somebody who accepts one referral after another, and presses again where nothing answers."""

    def __init__(self, browser, refs):
        super().__init__(daemon=True)
        self.browser, self.refs = browser, refs
        self.answers, self.in_vain = [], 0
        self.browser.raise_request_exception = False

    def run(self):
        for ref in self.refs:
            form = {"submission": str(uuid4())}
            while (answer := self.accept(ref, form)) == 500:
                self.in_vain += 1
                connection.close()
                time.sleep(0.5)
            self.answers.append(answer)
        connection.close()

    def accept(self, ref, form):
        try:
            return self.browser.post(f"/referrals/{ref}/accept/", form).status_code
        except (
            DatabaseError,
            InterfaceError,
        ):  # on the way in or out, where a web server answers with its own 500
            return 500
