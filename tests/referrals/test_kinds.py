"""Notifications, referrals, handovers and requests: one table of moves, four meanings."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from families.access.involvement_actions import involve, move_lead
from leap.core.accounts.models import Membership
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from referrals.models import Pathway, Task
from referrals.transitions import receiver_actions, sender_actions
from tests.referrals.reading import page_of


@pytest.fixture
def notice(castellanos, midwives, stockwell, ruth):
    return sender_actions.refer(
        family=castellanos,
        pathway=Pathway.objects.get(code="antenatal-notification"),
        from_team=midwives,
        to_team=stockwell,
        reason="Due in June.",
        by=ruth,
    )


@pytest.fixture
def asking(okafors, stockwell, family_support, sam, grace):
    """Family support, in the team around the Okafors, asks Stockwell for the lead."""
    involve(family=okafors, team=family_support, reason="team_around_family", by=grace)
    return Pathway.objects.create(
        code="ask-for-the-lead",
        name="Ask for the lead",
        kind="request",
        from_discipline="family_support",
        to_discipline="health_visiting",
        acknowledge_within=1,
        first_contact_within=5,
    )


@pytest.fixture
def request_for_lead(asking, okafors, family_support, stockwell, sam):
    return sender_actions.refer(
        family=okafors,
        pathway=asking,
        from_team=family_support,
        to_team=stockwell,
        reason="We visit weekly.",
        by=sam,
    )


def test_a_notification_is_receipted_and_filed(notice, grace):
    receiver_actions.acknowledge(referral=notice, by=grace)
    receiver_actions.close(referral=notice, outcome="On the antenatal list.", by=grace)
    assert notice.status == "closed"


def test_it_asks_for_nothing_so_nothing_is_declined(notice, grace):
    with pytest.raises(Conflict, match="Acknowledge it, or redirect it"):
        receiver_actions.decline(referral=notice, decline_reason="No", alternative="-", by=grace)


def test_no_other_kind_is_filed_unanswered(referral, sam):
    receiver_actions.acknowledge(referral=referral, by=sam)
    with pytest.raises(Conflict):
        receiver_actions.close(referral=referral, outcome="Filed", by=sam)


def test_granting_a_request_gives_the_lead_to_who_asked(
    request_for_lead, okafors, family_support, grace, sam
):
    receiver_actions.accept(referral=request_for_lead, by=grace)

    okafors.refresh_from_db()
    assert (okafors.lead_team, okafors.lead_practitioner) == (family_support, sam)
    assert request_for_lead.status == "closed"
    kinds = ["referral.accepted", "referral.closed", "family.lead_moved"]
    for kind in kinds:
        assert Event.objects.filter(kind=kind).count() == 1


def test_only_the_team_that_leads_is_asked(asking, okafors, family_support, sam, make_team):
    with pytest.raises(NotAllowed, match="does not lead this family"):
        sender_actions.refer(
            family=okafors,
            pathway=asking,
            from_team=family_support,
            to_team=make_team("oval-health-visiting"),
            reason="We visit weekly.",
            by=sam,
        )


def test_a_lead_that_has_moved_meanwhile_is_not_given_away_twice(
    request_for_lead, okafors, social_work, grace
):
    okafors.refresh_from_db()
    move_lead(family=okafors, team=social_work, practitioner=None, by=grace)
    with pytest.raises(Conflict, match="no longer leads"):
        receiver_actions.accept(referral=request_for_lead, by=grace)


def test_a_handover_that_names_nobody_is_a_task_for_a_named_manager(
    handover, grace, miriam, client_of
):
    receiver_actions.accept(referral=handover, by=grace)
    gap = Task.objects.get(kind="gap")
    assert gap.to == miriam
    assert "Nobody leads this family" in page_of(client_of(miriam).get("/referrals/tasks/"))

    receiver_actions.allocate(referral=handover, allocated_to=grace, by=miriam)
    assert not Task.objects.waiting().exists()


def test_a_joint_period_has_two_teams_and_one_lead(
    handover, castellanos, grace, stockwell, midwives
):
    until = timezone.localdate() + timedelta(days=10)
    receiver_actions.accept(referral=handover, by=grace, allocated_to=grace, joint_until=until)

    castellanos.refresh_from_db()
    assert castellanos.lead_team == stockwell
    assert castellanos.involvements.live().filter(team=midwives).exists()
    assert handover.joint_until == until


def test_a_plain_referral_has_none(referral, sam):
    with pytest.raises(ValidationError, match="Only a handover"):
        receiver_actions.accept(referral=referral, by=sam, joint_until=timezone.localdate())


def test_the_lead_cannot_be_in_two_managers_hands(handover, grace, miriam):
    assert Membership.objects.filter(role="manager").count() == 1
    receiver_actions.accept(referral=handover, by=grace)
    assert Task.objects.filter(kind="gap").count() == 1
