import pytest
from django.core.exceptions import ValidationError

from families.models import Family
from leap.core.outbox.models import Message
from referrals.transitions import receiver_actions
from tests.referrals.reading import page_of

WHY = {"decline_reason": "We are full until June.", "alternative": "Home-Start has places."}


def test_the_family_stays_with_the_sender(handover, castellanos, grace, midwives):
    receiver_actions.decline(referral=handover, by=grace, **WHY)

    castellanos.refresh_from_db()
    assert castellanos.lead_team == midwives
    assert not Family.objects.visible_to(grace).exists()


@pytest.mark.parametrize("missing", WHY)
def test_a_no_needs_its_reason_and_something_to_do_instead(handover, grace, missing):
    with pytest.raises(ValidationError):
        receiver_actions.decline(referral=handover, by=grace, **{**WHY, missing: "  "})


def test_the_sender_reads_both(referral, sam, grace, client_of):
    client_of(sam).post(f"/referrals/{referral.ref}/decline/", WHY)

    page = page_of(client_of(grace).get(f"/referrals/{referral.ref}/"))
    assert WHY["decline_reason"] in page
    assert WHY["alternative"] in page
    assert Message.objects.filter(to="stockwell@leap.example").exists()


def test_a_form_that_is_not_complete_keeps_what_was_typed(referral, sam, client_of):
    answer = client_of(sam).post(
        f"/referrals/{referral.ref}/decline/", {"decline_reason": WHY["decline_reason"]}
    )

    assert answer.status_code == 200
    assert WHY["decline_reason"] in page_of(answer)


def test_after_a_no_the_preview_is_gone(referral, sam, client_of):
    assert "Chidi" in page_of(client_of(sam).get(f"/referrals/{referral.ref}/"))

    receiver_actions.decline(referral=referral, by=sam, **WHY)

    page = page_of(client_of(sam).get(f"/referrals/{referral.ref}/"))
    assert "Chidi" not in page
    assert "Okafor" not in page
