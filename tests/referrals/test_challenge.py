"""A decline is disagreed with, stage by stage, until both sides have agreed."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from leap.core.accounts.models import Membership
from leap.core.exceptions import Conflict, NotAllowed
from referrals.models import Challenge, Referral, Task
from referrals.transitions import dispute_actions, receiver_actions
from tests.referrals.reading import page_of


@pytest.fixture
def declined(referral, sam):
    receiver_actions.decline(
        referral=referral, decline_reason="Not our threshold", alternative="Wait", by=sam
    )
    return referral


@pytest.fixture
def challenged(declined, grace):
    dispute_actions.challenge(referral=declined, why="She has not slept for weeks.", by=grace)
    return declined


def test_grace_disagrees_and_both_practitioners_are_named(declined, grace, sam, client_of):
    client_of(grace).post(f"/referrals/{declined.ref}/challenge/", {"why": "She has not slept."})

    stage = Challenge.objects.get().stages.get()
    assert (stage.stage, stage.for_sender, stage.for_receiver) == ("practitioners", grace, sam)
    page = page_of(client_of(sam).get(f"/referrals/{declined.ref}/"))
    assert "She has not slept." in page
    assert "Between the practitioners" in page


def test_meanwhile_the_family_stays_with_its_sender(challenged, okafors, stockwell, grace):
    okafors.refresh_from_db()
    assert (okafors.lead_team, okafors.lead_practitioner) == (stockwell, grace)


def test_it_goes_to_the_managers_and_then_to_the_agencies_leads(
    challenged, sam, grace, miriam, make_user, family_support, social_work
):
    esi = make_user("Esi Boateng", family_support, role=Membership.Role.MANAGER)
    femi = make_user("Femi Ade", social_work, role=Membership.Role.MANAGER)

    dispute_actions.take_further(referral=challenged, why="No agreement", by=sam)
    dispute_actions.take_further(referral=challenged, why="Still none", by=grace)

    stages = Challenge.objects.get().stages.order_by("started_at")
    assert [(s.stage, s.for_sender, s.for_receiver) for s in stages] == [
        ("practitioners", grace, sam),
        ("managers", miriam, esi),
        ("leads", miriam, femi),
    ]
    assert set(Task.objects.waiting().values_list("to__name", flat=True)) == {
        miriam.name,
        femi.name,
    }
    with pytest.raises(Conflict, match="the last to decide"):
        dispute_actions.take_further(referral=challenged, why="Again", by=sam)


def test_nobody_settles_it_alone(challenged, sam, grace):
    dispute_actions.propose(referral=challenged, settled_as="stands", why="Full", by=sam)
    with pytest.raises(NotAllowed, match="The other side must agree"):
        dispute_actions.agree(referral=challenged, by=sam)
    assert Challenge.objects.get().is_open


def test_agreed_that_it_stands_it_is_over(challenged, sam, grace, client_of):
    dispute_actions.propose(referral=challenged, settled_as="stands", why="Full", by=sam)
    client_of(grace).post(f"/referrals/{challenged.ref}/agree/")

    challenge = Challenge.objects.get()
    assert (challenge.proposed, challenge.proposed_by, challenge.agreed_by) == (
        "stands",
        sam,
        grace,
    )
    assert not Task.objects.waiting().exists()
    assert Referral.objects.count() == 1


def test_agreed_that_they_take_it_on_it_is_sent_to_them_again(challenged, sam, grace, stockwell):
    dispute_actions.propose(referral=challenged, settled_as="taken_on", why="Please", by=grace)
    dispute_actions.agree(referral=challenged, by=sam)

    again = Referral.objects.get(follows=challenged)
    assert (again.status, again.sent_by, again.from_team) == ("sent", grace, stockwell)
    assert Referral.objects.get(pk=challenged.pk).status == "declined"


def test_the_other_side_may_propose_otherwise(challenged, sam, grace):
    dispute_actions.propose(referral=challenged, settled_as="stands", why="Full", by=sam)
    dispute_actions.propose(referral=challenged, settled_as="taken_on", why="Please", by=grace)
    with pytest.raises(NotAllowed):
        dispute_actions.agree(referral=challenged, by=grace)
    dispute_actions.agree(referral=challenged, by=sam)
    assert not Challenge.objects.get().is_open


def test_the_database_too_wants_both_sides(challenged):
    with pytest.raises(IntegrityError), transaction.atomic():
        Challenge.objects.update(settled_at=timezone.now())


def test_only_the_sender_disagrees_and_only_with_a_decline(referral, sam, grace):
    with pytest.raises(Conflict, match="Only a decline"):
        dispute_actions.challenge(referral=referral, why="No", by=grace)
    with pytest.raises(NotAllowed):
        dispute_actions.challenge(referral=referral, why="No", by=sam)


def test_it_is_disagreed_with_once(challenged, grace):
    with pytest.raises(Conflict, match="already disagreed"):
        dispute_actions.challenge(referral=challenged, why="Again", by=grace)


def test_a_third_team_has_no_say(challenged, dele, okafors, social_work, grace):
    from families.access.involvement_actions import involve

    involve(family=okafors, team=social_work, reason="team_around_family", by=grace)
    with pytest.raises(NotAllowed, match="Only Stockwell"):
        dispute_actions.propose(referral=challenged, settled_as="stands", why="Hm", by=dele)


def test_an_agencys_lead_who_is_in_neither_team_reads_it_and_agrees(
    challenged, sam, grace, make_user, family_support, social_work, client_of
):
    make_user("Esi Boateng", family_support, role=Membership.Role.MANAGER)
    femi = make_user("Femi Ade", social_work, role=Membership.Role.MANAGER)
    page = f"/referrals/{challenged.ref}/"
    assert client_of(femi).get(page).status_code == 404
    dispute_actions.take_further(referral=challenged, why="No agreement", by=sam)
    dispute_actions.take_further(referral=challenged, why="Still none", by=grace)
    dispute_actions.propose(referral=challenged, settled_as="taken_on", why="Please", by=grace)

    text = page_of(client_of(femi).get(page))
    assert "She has not slept for weeks." in text
    assert "Okafor" not in text
    client_of(femi).post(f"{page}agree/")

    assert Challenge.objects.get().agreed_by == femi
    assert client_of(femi).get(page).status_code == 404
