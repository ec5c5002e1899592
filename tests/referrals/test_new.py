import pytest
from django.utils import timezone

from leap.core.outbox.drafts import keep_draft
from leap.core.outbox.models import Draft
from referrals.models import Referral
from tests.referrals.reading import page_of


@pytest.fixture
def page(okafors):
    return f"/referrals/new/?family={okafors.ref}&pathway=health-visiting-to-family-support"


def typed(family_support, **other):
    return {
        "from_team": "stockwell-health-visiting",
        "to_team": family_support.code,
        "reason": "Ada would like help with sleep.",
        "ticked": "That the family knows and agrees",
        **other,
    }


def test_grace_refers_in_one_screen(page, grace, family_support, client_of):
    client = client_of(grace)
    text = page_of(client.get(page))
    assert "What has been tried, and what came of it" in text

    answer = client.post(page, typed(family_support))

    referral = Referral.objects.get()
    assert answer.url == f"/referrals/{referral.ref}/"
    assert (referral.status, referral.to_team) == ("sent", family_support)


def test_a_double_click_makes_one(page, grace, family_support, client_of):
    client = client_of(grace)
    form = typed(family_support, submission="0b2d4a0e-3a54-4f0e-8c1c-2f8f2f7d9a10")

    first, second = client.post(page, form), client.post(page, form)

    assert first.url == second.url
    assert Referral.objects.count() == 1


def test_it_can_be_kept_as_a_draft(page, grace, family_support, client_of):
    client_of(grace).post(page, typed(family_support, then="draft"))
    assert Referral.objects.get().status == "draft"


def test_a_paused_team_is_said_and_nothing_typed_is_lost(page, grace, family_support, client_of):
    family_support.intake_paused_at = timezone.now()
    family_support.instead = "Ring the early help line."
    family_support.save()

    answer = client_of(grace).post(page, typed(family_support)).content.decode()

    assert "Ring the early help line." in answer
    assert "Ada would like help with sleep." in answer


def test_nor_when_the_same_is_already_waiting(referral, page, grace, family_support, client_of):
    answer = client_of(grace).post(page, typed(family_support, reason="Typed at length"))

    assert referral.ref in page_of(answer)
    assert "Typed at length" in page_of(answer)


def test_what_was_kept_comes_back_and_goes_when_it_is_sent(
    page, okafors, grace, family_support, client_of
):
    form = f"referral-{okafors.ref}-health-visiting-to-family-support"
    keep_draft(form=form, fields={"reason": ["Half a sentence"]}, by=grace)

    assert "Half a sentence" in page_of(client_of(grace).get(page))

    client_of(grace).post(page, typed(family_support))
    assert not Draft.objects.exists()


def test_a_midwife_chooses_between_two_ways(castellanos, ruth, client_of):
    page = f"/referrals/new/?family={castellanos.ref}"
    text = page_of(client_of(ruth).get(page))
    assert "Antenatal notification" in text
    assert "Postnatal handover" in text

    then = page_of(client_of(ruth).get(f"{page}&pathway=postnatal-handover"))
    assert "Screening done" in then


def test_a_family_i_cannot_see_does_not_exist(okafors, ruth, client_of):
    unseen = client_of(ruth).get(f"/referrals/new/?family={okafors.ref}")
    assert unseen.status_code == 404
    nowhere = client_of(ruth).get("/referrals/new/?family=LB-22222")
    assert page_of(unseen) == page_of(nowhere)


def test_without_a_family_it_asks_which(grace, client_of):
    assert "Family reference" in page_of(client_of(grace).get("/referrals/new/"))
