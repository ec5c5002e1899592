import pytest

from leap.core.exceptions import Conflict
from referrals.models import Referral
from referrals.transitions import receiver_actions, sender_actions


@pytest.fixture
def drafted(okafors, to_support, stockwell, family_support, grace):
    return sender_actions.draft(
        family=okafors,
        pathway=to_support,
        from_team=stockwell,
        to_team=family_support,
        reason="Help",
        by=grace,
    )


def test_grace_changes_her_draft(drafted, make_team, grace, client_of):
    other = make_team("home-start", "family_support", agency="home-start")
    typed = {"to_team": other.code, "reason": "Help with sleep"}
    client_of(grace).post(f"/referrals/{drafted.ref}/edit/", typed)

    drafted.refresh_from_db()
    assert (drafted.status, drafted.to_team, drafted.reason) == ("draft", other, "Help with sleep")


def test_what_was_sent_is_not_changed_any_more(referral, grace, family_support):
    with pytest.raises(Conflict, match="cannot be changed now"):
        sender_actions.edit(referral=referral, to_team=family_support, reason="Other", by=grace)


@pytest.mark.parametrize("before", ["draft", "sent", "acknowledged", "information_asked"])
def test_until_somebody_accepts_it_can_be_taken_back(before, drafted, grace, sam, okafors):
    if before != "draft":
        sender_actions.send(referral=drafted, by=grace)
    if before == "acknowledged":
        receiver_actions.acknowledge(referral=drafted, by=sam)
    if before == "information_asked":
        receiver_actions.ask(referral=drafted, question="Which nights?", by=sam)

    sender_actions.withdraw(referral=drafted, why="They moved", by=grace)

    referral = Referral.objects.get(pk=drafted.pk)
    assert referral.status == "withdrawn"
    assert referral.ended_at
    assert referral.holder == "nobody"


def test_what_was_accepted_is_closed_instead(referral, sam, grace):
    receiver_actions.accept(referral=referral, by=sam)
    with pytest.raises(Conflict, match="has been accepted"):
        sender_actions.withdraw(referral=referral, by=grace)
