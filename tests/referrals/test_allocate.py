import pytest

from leap.errors import Conflict, NotAllowed
from referrals import actions


def test_miriam_closes_the_gap_after_a_handover(handover, castellanos, miriam, grace, client_of):
    actions.accept(referral=handover, by=miriam)

    client_of(miriam).post(f"/referrals/{handover.ref}/allocate/", {"allocated_to": str(grace.ref)})

    castellanos.refresh_from_db()
    handover.refresh_from_db()
    assert handover.allocated_to == castellanos.lead_practitioner == grace


def test_a_plain_referral_leaves_the_lead_practitioner(sent, okafors, sam, grace):
    actions.accept(referral=sent, by=sam)
    actions.allocate(referral=sent, allocated_to=sam, by=sam)

    okafors.refresh_from_db()
    assert okafors.lead_practitioner == grace


def test_only_to_ones_own_and_only_when_accepted(sent, sam, grace):
    with pytest.raises(Conflict, match="waits for an answer"):
        actions.allocate(referral=sent, allocated_to=sam, by=sam)
    actions.accept(referral=sent, by=sam)
    with pytest.raises(NotAllowed, match="does not work in"):
        actions.allocate(referral=sent, allocated_to=grace, by=sam)


def test_two_managers_do_not_undo_each_other(sent, sam, make_user):
    actions.accept(referral=sent, by=sam)
    stale = type(sent).objects.select_related("pathway").get(pk=sent.pk)
    actions.allocate(referral=sent, allocated_to=sam, by=sam)
    kofi = make_user("Kofi Annan", sent.to_team)
    with pytest.raises(Conflict, match="another practitioner"):
        actions.allocate(referral=stale, allocated_to=kofi, by=kofi)


def test_nobody_chosen_is_asked_again(sent, sam, client_of):
    actions.accept(referral=sent, by=sam)
    assert client_of(sam).post(f"/referrals/{sent.ref}/allocate/").status_code == 200
