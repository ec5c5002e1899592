from leap.core.outbox.models import Message
from referrals.transitions import receiver_actions
from tests.referrals.reading import page_of


def test_the_sender_is_told_what_came_of_it(referral, sam, grace, client_of):
    receiver_actions.accept(referral=referral, by=sam)
    client_of(sam).post(f"/referrals/{referral.ref}/close/", {"outcome": "Chidi sleeps through."})

    referral.refresh_from_db()
    assert (referral.status, referral.outcome) == ("closed", "Chidi sleeps through.")
    assert Message.objects.filter(to="stockwell@leap.example", subject__contains="closed").exists()
    assert "Chidi sleeps through." in page_of(client_of(grace).get(f"/referrals/{referral.ref}/"))


def test_closing_without_an_outcome_is_asked_again(referral, sam, client_of):
    receiver_actions.accept(referral=referral, by=sam)
    answer = client_of(sam).post(f"/referrals/{referral.ref}/close/", {"outcome": " "})

    assert answer.status_code == 200
    referral.refresh_from_db()
    assert referral.status == "accepted"
