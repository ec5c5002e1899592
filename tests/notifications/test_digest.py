"""Each chooses how to be told; the morning's e-mail goes once, and only when there is something."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from leap.core.notifications.actions import choose, notify, send_digests
from leap.core.notifications.models import Digest, Notification
from leap.core.notifications.types import NotificationType
from leap.core.outbox.models import Message
from referrals.transitions import receiver_actions

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2037, 3, 9, 15, tzinfo=LONDON)
TUESDAY = datetime(2037, 3, 10, 7, 30, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def monday_afternoon():
    with time_machine.travel(MONDAY, tick=False):
        yield


def mail_of(user):
    return Message.objects.filter(to=user.email)


def tell(
    *people, kind=NotificationType.ACCEPTED, text="Family support has accepted your referral."
):
    notify(people, kind, text, "/referrals/RF-23456789/")


def test_what_nobody_chose_otherwise_waits_for_the_morning(grace):
    tell(grace)
    tell(grace)
    tell(grace, kind=NotificationType.DECLINED)
    assert not mail_of(grace).exists()
    assert send_digests(now=TUESDAY - timedelta(minutes=1)) == 0

    assert send_digests(now=TUESDAY) == 1
    message = mail_of(grace).get()
    assert message.subject == "3 notices wait for you"
    assert "2 × My referral was accepted" in message.body
    assert "/notices/" in message.body


def test_never_twice_and_what_comes_later_waits_for_the_next_day(grace):
    tell(grace)
    assert send_digests(now=TUESDAY) == 1
    with time_machine.travel(TUESDAY + timedelta(hours=1)):
        tell(grace)
    assert [send_digests(now=TUESDAY + timedelta(hours=n)) for n in (0, 1, 2)] == [0, 0, 0]
    assert send_digests(now=TUESDAY + timedelta(days=1)) == 1
    assert mail_of(grace).count() == 2


def test_a_second_worker_that_lost_the_race_sends_nothing(grace):
    tell(grace)
    Digest.objects.create(to=grace, on=TUESDAY.date(), notices=1)
    assert send_digests(now=TUESDAY) == 0
    assert Notification.objects.get().for_digest  # for the next morning


def test_a_morning_without_a_worker_is_made_up_for(grace):
    tell(grace)
    assert send_digests(now=TUESDAY + timedelta(hours=5)) == 1


def test_nothing_if_nothing_or_all_read(client_of, grace, sam):
    tell(grace)
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        client_of(grace).post("/notices/read/", {"until": MONDAY.isoformat()})
    assert send_digests(now=TUESDAY) == 0
    assert not Message.objects.exists()


def test_somebody_who_left_gets_none(grace):
    tell(grace)
    type(grace).objects.filter(pk=grace.pk).update(is_active=False)
    assert send_digests(now=TUESDAY) == 0


def test_grace_chooses_per_kind(grace):
    choose(how={"accepted": "at_once", "declined": "here"}, by_text=False, by=grace)
    tell(grace)
    assert mail_of(grace).get().subject == "Family support has accepted your referral"
    tell(grace, kind=NotificationType.DECLINED)
    assert send_digests(now=TUESDAY) == 0
    assert mail_of(grace).count() == 1
    assert Notification.objects.count() == 2  # on the page either way


@pytest.mark.parametrize(
    "kind",
    [
        NotificationType.ESCALATED,
        NotificationType.EMERGENCY,
        NotificationType.LOSS,
        NotificationType.REVIEW,
    ],
)
def test_what_is_late_or_unsafe_comes_at_once_whatever_was_chosen(grace, kind):
    choose(how={kind.value: "here"}, by_text=False, by=grace)
    tell(grace, kind=kind)
    assert mail_of(grace).count() == 1


def test_an_e_mail_says_nothing_of_the_family(referral, okafors, grace, sam):
    choose(how={"accepted": "at_once"}, by_text=False, by=grace)
    receiver_actions.accept(referral=referral, by=sam)
    receiver_actions.note_first_contact(referral=referral, first_contact_at=MONDAY, by=sam)
    send_digests(now=TUESDAY)
    assert mail_of(grace).count() == 2
    for message in Message.objects.all():
        for word in ("Okafor", "Ada", "Chidi", "sleep", okafors.ref):
            assert word not in message.subject + message.body
