from referrals.models import Referral
from referrals.transitions import receiver_actions
from tests.referrals.reading import page_of


def test_a_question_gives_it_back_to_the_sender(sent, sam, grace, client_of):
    client_of(sam).post(f"/referrals/{sent.ref}/ask/", {"question": "Which nights?"})

    sent.refresh_from_db()
    assert sent.held_by_team == sent.from_team
    assert "Which nights?" in page_of(client_of(grace).get(f"/referrals/{sent.ref}/answer/"))


def test_the_answer_returns_it_and_both_see_both(sent, sam, grace, client_of):
    receiver_actions.ask(referral=sent, question="Which nights?", by=sam)
    client_of(grace).post(f"/referrals/{sent.ref}/answer/", {"answer": "Every night."})

    assert Referral.objects.get(pk=sent.pk).held_by_team == sent.to_team
    page = page_of(client_of(sam).get(f"/referrals/{sent.ref}/"))
    assert "Which nights?" in page
    assert "Every night." in page
