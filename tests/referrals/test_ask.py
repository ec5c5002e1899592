from referrals.models import Referral
from referrals.transitions import receiver_actions
from tests.referrals.reading import page_of


def test_a_question_gives_it_back_to_the_sender(referral, sam, grace, client_of):
    client_of(sam).post(f"/referrals/{referral.ref}/ask/", {"question": "Which nights?"})

    referral.refresh_from_db()
    assert referral.held_by_team == referral.from_team
    assert "Which nights?" in page_of(client_of(grace).get(f"/referrals/{referral.ref}/answer/"))


def test_the_answer_returns_it_and_both_see_both(referral, sam, grace, client_of):
    receiver_actions.ask(referral=referral, question="Which nights?", by=sam)
    client_of(grace).post(f"/referrals/{referral.ref}/answer/", {"answer": "Every night."})

    assert Referral.objects.get(pk=referral.pk).held_by_team == referral.to_team
    page = page_of(client_of(sam).get(f"/referrals/{referral.ref}/"))
    assert "Which nights?" in page
    assert "Every night." in page
