from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from leap.core.audit.models import Event
from leap.core.exceptions import Conflict
from leap.core.outbox.models import Message
from referrals.models import Referral, Task
from referrals.tasks import tend_clocks
from referrals.transitions import clock_actions, receiver_actions, sender_actions
from tests.referrals.reading import page_of


@pytest.fixture
def forgotten(referral):
    """Nobody answered, and its time was over two days ago."""
    past = timezone.localdate() - timedelta(days=2)
    Referral.objects.filter(pk=referral.pk).update(expires_on=past)
    return referral


def test_it_goes_back_to_the_practitioner_who_sent_it(forgotten, grace, okafors, stockwell):
    tend_clocks()

    forgotten.refresh_from_db()
    okafors.refresh_from_db()
    assert forgotten.status == "expired"
    assert Task.objects.get(kind="returned").to == grace
    assert okafors.lead_team == stockwell


def test_if_she_has_left_to_her_manager(forgotten, grace, miriam):
    grace.memberships.update(ended_on=timezone.localdate())
    tend_clocks()
    assert Task.objects.get(kind="returned").to == miriam


def test_ten_workers_give_it_back_once(forgotten):
    for _ in range(10):
        tend_clocks()

    assert Event.objects.filter(kind="referral.expired").count() == 1
    assert Message.objects.filter(to="grace@leap.example").count() == 1


def test_a_worker_that_slept_for_a_month_catches_up(referral):
    with time_machine.travel(timezone.now() + timedelta(days=60), tick=False):
        tend_clocks()
    assert Referral.objects.get(pk=referral.pk).status == "expired"


def test_the_last_day_itself_is_in_time(referral, settings):
    with pytest.raises(Conflict, match="still has time"):
        clock_actions.expire(referral=referral, today=referral.expires_on)


def test_the_days_are_working_days_of_the_pathway(
    okafors, to_support, stockwell, family_support, grace
):
    """Twenty working days from Monday 7 March 2016 lie over Easter: the 25th and 28th are off."""
    with time_machine.travel(timezone.make_aware(timezone.datetime(2016, 3, 7, 12)), tick=False):
        referral = sender_actions.refer(
            family=okafors, pathway=to_support, from_team=stockwell, to_team=family_support,
            reason="Sleep", by=grace,
        )  # fmt: skip
    assert referral.expires_on == date(2016, 4, 6)


def test_what_was_answered_never_expires(forgotten, sam):
    receiver_actions.accept(referral=forgotten, by=sam)
    tend_clocks()
    assert Referral.objects.get(pk=forgotten.pk).status == "accepted"


def test_a_notification_never_does(forgotten):
    type(forgotten.pathway).objects.update(kind="notification")
    tend_clocks()
    assert Referral.objects.get(pk=forgotten.pk).status == "sent"


def test_the_sender_reads_what_to_do_and_says_what_was_done(forgotten, grace, client_of):
    tend_clocks()
    client = client_of(grace)
    assert "Came back without an answer" in page_of(client.get("/referrals/tasks/"))
    task = Task.objects.get(kind="returned")

    client.post(f"/referrals/tasks/{task.ref}/", {"what_was_done": "Rang them; sent it again."})

    assert "Nothing needs you." in page_of(client.get("/referrals/tasks/"))
    task.refresh_from_db()
    assert (task.done_by, task.what_was_done) == (grace, "Rang them; sent it again.")


def test_somebody_elses_task_does_not_exist(forgotten, sam, client_of):
    tend_clocks()
    ref = Task.objects.get(kind="returned").ref
    assert client_of(sam).get(f"/referrals/tasks/{ref}/").status_code == 404
