import pytest

from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.outbox.models import Message
from referrals.models import Referral
from referrals.transitions import receiver_actions, sender_actions
from tests.referrals.reading import page_of


@pytest.fixture
def other_support(make_team):
    return make_team("home-start", "family_support", agency="home-start", email="hs@leap.example")


@pytest.fixture
def hana(make_user, other_support):
    return make_user("Hana Abdi", other_support)


@pytest.fixture
def onwards(referral, other_support, sam):
    return receiver_actions.redirect(
        referral=referral, to_team=other_support, why="Lives in their area", by=sam
    )


def test_sam_sends_it_on_and_the_sender_stays_the_sender(
    referral, other_support, sam, grace, stockwell, okafors, client_of
):
    typed = {"to_team": other_support.code, "pathway": referral.pathway.code, "why": "Their area"}
    client_of(sam).post(f"/referrals/{referral.ref}/redirect/", typed)

    referral.refresh_from_db()
    onwards = referral.followed_by
    assert referral.status == "redirected"
    assert (onwards.status, onwards.to_team) == ("sent", other_support)
    assert (onwards.from_team, onwards.sent_by) == (stockwell, grace)
    okafors.refresh_from_db()
    assert okafors.lead_team == stockwell


def test_both_are_linked_for_the_sender(referral, onwards, grace, client_of):
    assert onwards.ref in page_of(client_of(grace).get(f"/referrals/{referral.ref}/"))
    assert referral.ref in page_of(client_of(grace).get(f"/referrals/{onwards.ref}/"))


def test_the_new_receiver_reads_what_the_sender_wrote_where_it_stands(
    referral, onwards, hana, client_of
):
    page = page_of(client_of(hana).get(f"/referrals/{onwards.ref}/"))

    assert "Ada would like help with sleep." in page
    assert "Lives in their area" in page
    assert onwards.reason == "Lives in their area"
    assert client_of(hana).get(f"/referrals/{referral.ref}/").status_code == 404


def test_sender_and_new_receiver_are_told(onwards):
    messages = set(Message.objects.values_list("to", "subject"))
    assert (
        "stockwell@leap.example",
        "Family support has redirected your referral to Home start",
    ) in messages
    assert ("hs@leap.example", "A referral waits for Home start") in messages


def test_each_of_the_two_moves_is_one_event(referral, onwards):
    assert Event.objects.filter(subject_ref=referral.ref, kind="referral.redirected").count() == 1
    assert Event.objects.filter(subject_ref=onwards.ref, kind="referral.sent").count() == 1


def test_it_does_not_go_round_in_circles(onwards, family_support, hana):
    with pytest.raises(NotAllowed, match="has been with Family support before"):
        receiver_actions.redirect(referral=onwards, to_team=family_support, why="No", by=hana)


def test_nor_to_a_team_the_pathway_does_not_reach(referral, social_work, sam, client_of):
    typed = {
        "to_team": social_work.code,
        "pathway": referral.pathway.code,
        "why": "Typed at length",
    }
    answer = page_of(client_of(sam).post(f"/referrals/{referral.ref}/redirect/", typed))

    assert "Typed at length" in answer
    assert Referral.objects.get(pk=referral.pk).status == "sent"


def test_once_it_has_gone_on_nothing_more_happens_to_the_first(referral, onwards, sam, grace):
    for move, by in ((receiver_actions.accept, sam), (sender_actions.withdraw, grace)):
        with pytest.raises(Conflict, match="has been redirected"):
            move(referral=Referral.objects.get(pk=referral.pk), by=by)


def test_the_new_one_is_accepted_as_any_other(onwards, hana, okafors, other_support):
    receiver_actions.accept(referral=onwards, by=hana)
    assert okafors.involvements.live().filter(team=other_support).exists()
