import pytest

from leap.core.exceptions import Conflict, NotAllowed
from referrals.transitions import receiver_actions


def test_miriam_closes_the_gap_after_a_handover(handover, castellanos, miriam, grace, client_of):
    receiver_actions.accept(referral=handover, by=miriam)

    client_of(miriam).post(f"/referrals/{handover.ref}/allocate/", {"allocated_to": str(grace.ref)})

    castellanos.refresh_from_db()
    handover.refresh_from_db()
    assert handover.allocated_to == castellanos.lead_practitioner == grace


def test_a_plain_referral_leaves_the_lead_practitioner(referral, okafors, sam, grace):
    receiver_actions.accept(referral=referral, by=sam)
    receiver_actions.allocate(referral=referral, allocated_to=sam, by=sam)

    okafors.refresh_from_db()
    assert okafors.lead_practitioner == grace


def test_only_to_ones_own_and_only_when_accepted(referral, sam, grace):
    with pytest.raises(Conflict, match="waits for an answer"):
        receiver_actions.allocate(referral=referral, allocated_to=sam, by=sam)
    receiver_actions.accept(referral=referral, by=sam)
    with pytest.raises(NotAllowed, match="does not work in"):
        receiver_actions.allocate(referral=referral, allocated_to=grace, by=sam)


def test_two_managers_do_not_undo_each_other(referral, sam, make_user):
    receiver_actions.accept(referral=referral, by=sam)
    stale = type(referral).objects.select_related("pathway").get(pk=referral.pk)
    receiver_actions.allocate(referral=referral, allocated_to=sam, by=sam)
    kofi = make_user("Kofi Annan", referral.to_team)
    with pytest.raises(Conflict, match="another practitioner"):
        receiver_actions.allocate(referral=stale, allocated_to=kofi, by=kofi)


def test_nobody_chosen_is_asked_again(referral, sam, client_of):
    receiver_actions.accept(referral=referral, by=sam)
    assert client_of(sam).post(f"/referrals/{referral.ref}/allocate/").status_code == 200
