from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from referrals.models import Referral
from referrals.transitions import receiver_actions


@pytest.fixture
def accepted(referral, sam):
    Referral.objects.filter(pk=referral.pk).update(sent_at=timezone.now() - timedelta(days=3))
    referral.refresh_from_db()
    receiver_actions.accept(referral=referral, by=sam, allocated_to=sam)
    return referral


def test_sam_records_that_they_have_met(accepted, sam, client_of):
    yesterday = timezone.localtime(timezone.now() - timedelta(days=1))
    client_of(sam).post(
        f"/referrals/{accepted.ref}/first-contact/",
        {"first_contact_at": f"{yesterday:%Y-%m-%dT%H:%M}"},
    )

    accepted.refresh_from_db()
    assert accepted.status == "in_progress"
    assert timezone.localtime(accepted.first_contact_at).date() == yesterday.date()


@pytest.mark.parametrize(("hours", "why"), [(1, "in the future"), (-24 * 4, "before the referral")])
def test_it_lies_between_the_sending_and_now(accepted, sam, hours, why):
    with pytest.raises(ValidationError, match=why):
        receiver_actions.note_first_contact(
            referral=accepted, first_contact_at=timezone.now() + timedelta(hours=hours), by=sam
        )


def test_they_can_have_met_in_the_minute_it_was_sent(accepted, sam):
    minute = accepted.sent_at.replace(second=0, microsecond=0)
    receiver_actions.note_first_contact(referral=accepted, first_contact_at=minute, by=sam)
    assert accepted.first_contact_at == minute
