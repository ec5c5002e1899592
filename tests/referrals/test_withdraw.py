from leap.core.outbox.models import Message
from referrals.models import Referral
from tests.referrals.reading import page_of


def test_grace_takes_it_back_and_says_why(referral, grace, sam, client_of):
    client_of(grace).post(f"/referrals/{referral.ref}/withdraw/", {"why": "They have moved away."})

    assert Referral.objects.get(pk=referral.pk).status == "withdrawn"
    assert Message.objects.filter(to="support@leap.example", subject__contains="withdrawn").exists()
    page = page_of(client_of(sam).get(f"/referrals/{referral.ref}/"))
    assert "They have moved away." in page
