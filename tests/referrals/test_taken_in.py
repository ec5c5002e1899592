"""What Dr Quaye sent in from outside becomes a referral, and he hears what comes of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from families.models import Family
from leap.core.accounts.models import Membership
from leap.core.accounts.permissions import Discipline
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict
from leap.core.outbox.models import Message
from leap.governance.integrity import PROMISES
from referrals.external import incoming_actions
from referrals.models import InboundReferral, Pathway, Referral, Task
from referrals.pathways import intake_actions
from referrals.tasks import tend_clocks
from referrals.transitions import dispute_actions, receiver_actions
from referrals.working_days import WorkingDays
from tests.referrals.reading import page_of

QUAYE = "quaye@practice.example"


@pytest.fixture
def sent_in(stockwell, grace, miriam):
    """Three days ago, to Stockwell."""
    referral = incoming_actions.send_in(
        key=uuid4(),
        to_team=stockwell,
        sender_name="Nii Quaye",
        sender_role="GP at Clapham Family Practice",
        sender_email=QUAYE,
        sender_telephone="020 7946 0018",
        people="Chidi Okafor",
        reach="By telephone in the mornings",
        reason="Slow weight gain.",
    )
    InboundReferral.objects.update(made_at=timezone.now() - timedelta(days=3))
    return InboundReferral.objects.get(pk=referral.pk)


@pytest.fixture
def taken_in(sent_in, okafors, grace):
    """By Grace, who has rung his practice."""
    return incoming_actions.triage(incoming=sent_in, family=okafors, by=grace, sender_checked=True)


def e_mails():
    return [message.body for message in Message.objects.filter(to=QUAYE)]


def test_it_has_a_holder_a_queue_and_a_clock_since_he_sent_it(
    taken_in, sent_in, stockwell, grace, client_of
):
    sent_on = timezone.localdate(sent_in.made_at)
    assert (taken_in.held_by_team, taken_in.sent_by) == (stockwell, grace)
    assert taken_in.acknowledge_by == WorkingDays().after(sent_on, 2)
    assert taken_in.expires_on == WorkingDays().after(timezone.localdate(), 20)
    assert taken_in.ref in page_of(client_of(grace).get("/referrals/"))
    page = page_of(client_of(grace).get(taken_in.get_absolute_url()))
    for words in ("Nii Quaye, GP at Clapham Family Practice", "020 7946 0018", "Slow weight gain."):
        assert words in page
    assert "Grace Mensah took it in and is responsible." in page


def test_accepted_the_team_works_with_the_family_and_he_is_told_without_a_name(taken_in, grace):
    receiver_actions.accept(referral=taken_in, by=grace, allocated_to=grace)
    [body] = e_mails()
    assert f"has accepted your referral {taken_in.incoming.ref}" in body
    assert "Okafor" not in body
    assert not Task.objects.exists()


def test_declined_somebody_rings_him_to_say_why(taken_in, miriam, okafors):
    receiver_actions.decline(
        referral=taken_in, decline_reason="Full", alternative="Home-Start", by=miriam
    )
    task = Task.objects.get()
    assert (task.kind, task.to) == ("outside", miriam)
    [body] = e_mails()
    assert "Full" not in body
    assert Family.objects.get(pk=okafors.pk).lead_team == taken_in.from_team
    with pytest.raises(Conflict, match="no other side"):
        dispute_actions.challenge(referral=taken_in, why="She is worse", by=miriam)


def test_who_wrote_it_unchecked_is_never_e_mailed_and_somebody_rings(sent_in, okafors, grace):
    referral = incoming_actions.triage(incoming=sent_in, family=okafors, by=grace)
    receiver_actions.accept(referral=referral, by=grace, allocated_to=grace)
    receiver_actions.close(referral=referral, outcome="Gaining weight", by=grace)
    assert e_mails() == []
    assert list(Task.objects.order_by("pk").values_list("about", flat=True)) == [
        "accepted",
        "closed",
    ]


def test_sent_on_to_the_team_it_is_for_he_still_hears(taken_in, make_team, make_user, grace):
    oval = make_team("oval-health-visiting")
    una = make_user("Una Fox", oval)
    onwards = receiver_actions.redirect(referral=taken_in, to_team=oval, why="Their area", by=grace)
    assert onwards.from_team == taken_in.to_team
    receiver_actions.accept(referral=onwards, by=una)
    first, second = e_mails()
    assert "on to the team it is for" in first
    assert "Oval health visiting has accepted" in second


def test_to_another_discipline_it_goes_as_from_outside(taken_in, family_support, grace, client_of):
    page = f"{taken_in.get_absolute_url()}redirect/"
    typed = {"to_team": "family-support", "pathway": "outside-to-family-support", "why": "Theirs"}
    client_of(grace).post(page, typed)
    assert Referral.objects.get(to_team=family_support).pathway.from_outside


def test_nobody_here_sends_on_a_pathway_from_outside(okafors, grace, client_of):
    page = page_of(client_of(grace).get(f"/referrals/new/?family={okafors.ref}"))
    assert "From outside" not in page


def test_unanswered_it_comes_back_to_grace_by_name(taken_in, grace):
    today = timezone.localdate()
    Referral.objects.update(expires_on=today - timedelta(days=1))
    tend_clocks()
    assert Task.objects.get(kind="returned").to == grace


def test_what_nobody_reads_in_a_working_day_goes_to_miriam_once(sent_in, miriam):
    InboundReferral.objects.update(made_at=timezone.now() - timedelta(days=5))
    assert [tend_clocks()["unread"] for _ in range(2)] == [1, 0]
    assert Message.objects.filter(to=miriam.email).count() == 1
    assert Event.objects.get(kind="incoming.chased").details["to"] == str(miriam.ref)


def test_the_same_family_is_not_taken_in_twice(taken_in, okafors, grace, stockwell, client_of):
    fields = ("sender_name", "sender_role", "sender_email", "sender_telephone")
    form = {name: getattr(taken_in.incoming, name) for name in (*fields, "people", "reach")}
    again = incoming_actions.send_in(key=uuid4(), to_team=stockwell, reason="Still slow.", **form)
    with pytest.raises(ValidationError, match=taken_in.ref):
        incoming_actions.triage(incoming=again, family=okafors, by=grace)
    page = page_of(
        client_of(grace).post(f"/referrals/incoming/{again.ref}/", {"family": okafors.ref})
    )
    assert taken_in.ref in page


def test_a_paused_team_says_what_to_do_instead(stockwell, miriam, client):
    intake_actions.pause_intake(team=stockwell, instead="Ring Oval.", by=miriam)
    page = page_of(client.post("/referrals/from-outside/", {"to_team": stockwell.code}))
    assert "Instead: Ring Oval." in page


def test_a_promise_tells_where_nobody_is_left_to_read_it(sent_in):
    [held] = [promise for promise in PROMISES if promise.none_of == "referrals nobody holds"]
    assert held.look().count == 0
    Membership.objects.update(ended_on=timezone.localdate())
    assert held.look().first == [sent_in.ref]


@pytest.mark.parametrize(
    "discipline", [Discipline.HEALTH_VISITING, Discipline.MIDWIFERY, Discipline.FAMILY_SUPPORT]
)
def test_each_team_that_the_form_offers_has_one_pathway(discipline):
    assert Pathway.objects.filter(from_discipline="outside", to_discipline=discipline).count() == 1
