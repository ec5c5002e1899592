from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from leap.core.audit.models import Event
from leap.core.exceptions import NotAllowed
from leap.core.outbox.models import Message
from referrals.models import Pathway, Referral
from referrals.transitions import receiver_actions, sender_actions

AGREES = "That the family knows and agrees"


@pytest.fixture
def drafted(okafors, to_support, stockwell, family_support, grace):
    return sender_actions.draft(
        family=okafors,
        pathway=to_support,
        from_team=stockwell,
        to_team=family_support,
        reason="",
        by=grace,
    )


def test_sending_starts_the_clocks_on_the_day_in_london(drafted, grace):
    # Friday 6 May 2016, ten at night in UTC: eleven at night in London, still the Friday.
    with time_machine.travel(datetime(2016, 5, 6, 22, 0, tzinfo=UTC), tick=False):
        sender_actions.send(referral=drafted, reason="Help with sleep", by=grace)

    assert str(drafted.acknowledge_by) == "2016-05-09"
    assert str(drafted.first_contact_by) == "2016-05-20"
    assert drafted.sent_by == grace


def test_late_on_a_summer_night_it_is_already_tomorrow_in_london(drafted, grace):
    with time_machine.travel(datetime(2016, 5, 9, 23, 30, tzinfo=UTC), tick=False):
        sender_actions.send(referral=drafted, reason="Help with sleep", by=grace)

    assert str(drafted.acknowledge_by) == "2016-05-11"


def test_nothing_is_sent_without_a_reason(drafted, grace):
    with pytest.raises(ValidationError, match="Say why"):
        sender_actions.send(referral=drafted, by=grace)


def test_a_paused_team_says_what_to_do_instead(drafted, family_support, grace):
    family_support.intake_paused_at = timezone.now()
    family_support.instead = "Ring the early help line."
    family_support.save()
    drafted.refresh_from_db()

    with pytest.raises(NotAllowed, match=r"paused its intake .* Ring the early help line."):
        sender_actions.send(referral=drafted, reason="Help with sleep", by=grace)


def test_a_pathway_leads_where_it_leads(okafors, stockwell, social_work, grace, to_support):
    with pytest.raises(NotAllowed, match="goes to family support"):
        sender_actions.draft(
            family=okafors,
            pathway=to_support,
            from_team=stockwell,
            to_team=social_work,
            reason="",
            by=grace,
        )


def test_a_team_that_does_not_work_with_the_family_refers_nobody(
    okafors, midwives, stockwell, ruth
):
    with pytest.raises(NotAllowed, match="not working with this family"):
        sender_actions.draft(
            family=okafors,
            pathway=Pathway.objects.get(code="postnatal-handover"),
            from_team=midwives,
            to_team=stockwell,
            reason="",
            by=ruth,
        )


def test_the_same_is_not_asked_twice_at_once(referral, okafors, to_support, grace):
    with pytest.raises(NotAllowed, match=f"{referral.ref} waits for an answer"):
        sender_actions.refer(
            family=okafors,
            pathway=to_support,
            from_team=referral.from_team,
            to_team=referral.to_team,
            reason="Again",
            by=grace,
        )


def test_but_may_be_asked_again_after_an_answer(referral, okafors, to_support, grace, sam):
    receiver_actions.decline(
        referral=referral, decline_reason="Full", alternative="In June", by=sam
    )

    again = sender_actions.refer(
        family=okafors,
        pathway=to_support,
        from_team=referral.from_team,
        to_team=referral.to_team,
        reason="It is June",
        by=grace,
    )

    assert again.status == "sent"


def test_the_other_team_is_told_nothing_about_the_family(referral):
    message = Message.objects.get()
    assert message.to == "support@leap.example"
    assert f"/referrals/{referral.ref}/" in message.body
    for word in ("Okafor", "Ada", "Chidi", "sleep", referral.family.ref):
        assert word not in message.body + message.subject


def test_sending_is_one_event_in_the_familys_chain(referral, okafors):
    event = Event.objects.get(kind="referral.sent")
    assert (event.family_ref, event.subject_ref) == (okafors.ref, referral.ref)


def test_a_draft_is_for_its_own_team_only(drafted, grace, sam):
    assert Referral.objects.visible_to(grace).get() == drafted
    assert not Referral.objects.visible_to(sam).exists()


def test_so_is_a_draft_that_was_withdrawn(drafted, grace, sam):
    sender_actions.withdraw(referral=drafted, by=grace)
    assert not Referral.objects.visible_to(sam).exists()
    assert not Message.objects.exists()


def test_grace_sends_a_draft_from_its_page(drafted, grace, client_of):
    page = f"/referrals/{drafted.ref}/send/"
    assert client_of(grace).get(page).status_code == 200

    client_of(grace).post(page, {"reason": "Help with sleep", "ticked": AGREES})

    drafted.refresh_from_db()
    assert (drafted.status, drafted.reason) == ("sent", "Help with sleep")
