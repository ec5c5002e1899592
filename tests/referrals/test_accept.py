import threading

import pytest
from django.db import connection

from families.models import Family
from leap.core.accounts.models import User
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.outbox.models import Message
from referrals.models import Pathway, Referral, Task
from referrals.transitions import receiver_actions, sender_actions, transition


def test_accepting_a_handover_moves_the_lead(handover, castellanos, grace, stockwell):
    receiver_actions.accept(referral=handover, by=grace, allocated_to=grace)

    castellanos.refresh_from_db()
    assert castellanos.lead_team == stockwell
    assert castellanos.lead_practitioner == grace


def test_nobody_named_leaves_a_gap_that_shows(handover, castellanos, grace):
    receiver_actions.accept(referral=handover, by=grace)

    castellanos.refresh_from_db()
    assert castellanos.lead_practitioner is None


def test_a_lead_who_has_left_is_a_gap_that_the_manager_is_given(
    handover, castellanos, stockwell, miriam, make_user
):
    joan = make_user("Joan Price", stockwell)
    Family.objects.filter(pk=castellanos.pk).update(lead_team=stockwell, lead_practitioner=joan)
    User.objects.filter(pk=joan.pk).update(is_active=False)

    receiver_actions.accept(referral=handover, by=miriam)

    task = Task.objects.get(kind=Task.Kind.GAP)
    assert (task.team, task.to) == (stockwell, miriam)


def test_accepting_a_referral_leaves_the_lead_where_it_is(referral, okafors, sam, stockwell):
    receiver_actions.accept(referral=referral, by=sam, allocated_to=sam)

    okafors.refresh_from_db()
    assert okafors.lead_team == stockwell
    assert list(Family.objects.visible_to(sam)) == [okafors]


def test_accepting_acknowledges_too(referral, sam):
    receiver_actions.accept(referral=referral, by=sam)
    assert referral.acknowledged_at == referral.accepted_at


def test_only_somebody_of_the_team_can_be_allocated(referral, sam, grace):
    with pytest.raises(NotAllowed, match="does not work in"):
        receiver_actions.accept(referral=referral, by=sam, allocated_to=grace)


def test_a_lead_who_is_neither_side_is_told(referral, sam, dele, social_work, okafors, stockwell):
    """Family support steps up a family that health visiting leads."""
    receiver_actions.accept(referral=referral, by=sam)
    step_up = sender_actions.refer(
        family=okafors,
        pathway=Pathway.objects.get(code="family-support-to-social-work"),
        from_team=referral.to_team,
        to_team=social_work,
        reason="Worried about safety",
        by=sam,
    )
    receiver_actions.accept(referral=step_up, by=dele, allocated_to=dele)

    okafors.refresh_from_db()
    assert okafors.lead_team == social_work
    assert Message.objects.filter(to=stockwell.email, subject__contains="now leads").exists()


def test_one_event_and_its_notice(referral, sam):
    receiver_actions.accept(referral=referral, by=sam)
    assert Event.objects.filter(kind="referral.accepted", by_ref=str(sam.ref)).count() == 1
    assert Message.objects.filter(to="stockwell@leap.example").count() == 1


def test_if_the_event_cannot_be_written_nothing_has_happened(handover, grace, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(transition, "record", fail)
    with pytest.raises(RuntimeError):
        receiver_actions.accept(referral=handover, by=grace)

    assert Referral.objects.get(pk=handover.pk).status == "sent"
    assert Family.objects.get(pk=handover.family_id).lead_team == handover.from_team


def test_miriam_accepts_straight_from_the_queue_and_is_back_in_it(handover, miriam, client_of):
    answer = client_of(miriam).post(
        f"/referrals/{handover.ref}/accept/?back=/referrals/%3Fshow%3Dwaiting"
    )

    assert answer.url == "/referrals/?show=waiting"
    assert Referral.objects.get(pk=handover.pk).status == "accepted"


def test_but_is_never_sent_elsewhere(handover, miriam, client_of):
    answer = client_of(miriam).post(f"/referrals/{handover.ref}/accept/?back=//evil.example/")
    assert answer.url == f"/referrals/{handover.ref}/"


def test_a_double_click_accepts_once_and_says_so_twice(handover, grace, client_of):
    page, client = f"/referrals/{handover.ref}/accept/", client_of(grace)
    form = {"submission": "6f3c1a52-8e0e-4b4d-9d53-4c8f2d6c6f01", "allocated_to": str(grace.ref)}

    answers = [client.post(page, form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Event.objects.filter(kind="referral.accepted").count() == 1


def test_the_second_of_two_people_reads_what_happened(handover, grace, miriam, client_of):
    receiver_actions.accept(referral=handover, by=grace)

    answer = client_of(miriam).post(f"/referrals/{handover.ref}/accept/")

    assert answer.status_code == 409
    assert b"has been accepted" in answer.content


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins(handover, grace, miriam):
    copies = [Referral.objects.select_related("pathway").get(pk=handover.pk) for _ in range(6)]
    start, outcomes = threading.Barrier(6), []

    def press(copy, by):
        try:
            start.wait()
            receiver_actions.accept(referral=copy, by=by, allocated_to=by)
            outcomes.append("accepted")
        except Conflict as conflict:
            outcomes.append(str(conflict))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=press, args=(copy, (grace, miriam)[n % 2]))
        for n, copy in enumerate(copies)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    won = [outcome for outcome in outcomes if outcome == "accepted"]
    taker = Referral.objects.get(pk=handover.pk).allocated_to
    lost = f"Someone else has just accepted this referral. {taker} works on it."
    assert len(won) == 1
    assert [outcome for outcome in outcomes if outcome != "accepted"] == [lost] * 5
    assert Event.objects.filter(kind="referral.accepted").count() == 1
    assert Event.objects.filter(kind="family.lead_moved").count() == 1
