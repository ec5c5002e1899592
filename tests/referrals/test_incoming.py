"""Dr Quaye, a GP, has no account and refers a family by the public form."""

from unittest import mock
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from families.models import Family
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict
from leap.core.outbox.models import Message
from referrals.external import incoming_actions
from referrals.models import InboundReferral, Referral
from tests.referrals.reading import page_of

FORM = "/referrals/from-outside/"


@pytest.fixture(autouse=True)
def _an_hour_of_its_own():
    cache.clear()


@pytest.fixture
def typed(stockwell, grace):
    return {
        "submission": str(uuid4()),
        "sender_name": "Nii Quaye",
        "sender_role": "GP at Clapham Family Practice",
        "sender_email": "quaye@practice.example",
        "sender_telephone": "020 7946 0018",
        "to_team": stockwell.code,
        "people": "Chidi Okafor, 20 January 2026, and his mother Ada",
        "reach": "By telephone in the mornings",
        "reason": "Slow weight gain.",
    }


@pytest.fixture
def waiting(typed):
    Client().post(FORM, typed)
    return InboundReferral.objects.get()


def test_he_gets_a_reference_and_the_team_an_e_mail_that_says_nothing(typed):
    page = page_of(Client().post(FORM, typed))
    referral = InboundReferral.objects.get()
    assert referral.ref in page
    message = Message.objects.get()
    assert message.to == "stockwell@leap.example"
    for word in ("Okafor", "Chidi", "Ada", "weight", "Quaye"):
        assert word not in message.subject + message.body


def test_sent_twice_it_is_kept_once_under_the_same_reference(typed):
    first, second = Client().post(FORM, typed), Client().post(FORM, typed)
    assert InboundReferral.objects.get().ref in page_of(first)
    assert InboundReferral.objects.get().ref in page_of(second)
    assert Message.objects.count() == 1


def test_going_back_and_sending_again_is_the_same_sending(typed):
    first = Client().post(FORM, typed)
    second = Client().post(FORM, typed | {"submission": str(uuid4())})
    assert page_of(first) == page_of(second)
    assert InboundReferral.objects.count() == Message.objects.count() == 1


def test_he_learns_the_same_of_a_family_that_is_known_and_of_one_that_is_not(okafors, typed):
    known = page_of(Client().post(FORM, typed))
    unknown = page_of(
        Client().post(FORM, typed | {"people": "Zed Nobody", "submission": str(uuid4())})
    )
    refs = InboundReferral.objects.order_by("pk").values_list("ref", flat=True)
    assert known.replace(refs[0], "") == unknown.replace(refs[1], "")


def test_what_is_missing_is_said_and_nothing_typed_is_lost(typed):
    page = page_of(Client().post(FORM, typed | {"reason": ""}))
    assert "There is a problem" in page
    assert "Chidi Okafor, 20 January 2026" in page


def test_after_ten_in_an_hour_an_address_waits_and_keeps_what_it_typed(typed):
    with mock.patch("referrals.external.incoming_views.AT_MOST", 0):
        answer = Client().post(FORM, typed)
    assert answer.status_code == 429
    assert "Chidi Okafor" in page_of(answer)
    assert not InboundReferral.objects.exists()


def test_grace_reads_it_and_says_whose_it_is(waiting, okafors, grace, client_of):
    assert "1 waiting" in page_of(client_of(grace).get("/referrals/"))
    assert waiting.ref in page_of(client_of(grace).get("/referrals/incoming/"))
    page = f"/referrals/incoming/{waiting.ref}/"
    assert "Slow weight gain." in page_of(client_of(grace).get(page))

    answer = client_of(grace).post(page, {"family": okafors.ref.lower()})

    assert answer.url == Referral.objects.get().get_absolute_url()
    waiting.refresh_from_db()
    assert (waiting.family, waiting.settled_by) == (okafors, grace)
    assert Event.objects.filter(kind="incoming.matched", family_ref=okafors.ref).exists()


def test_a_family_she_cannot_see_is_one_that_does_not_exist(waiting, castellanos, grace, client_of):
    page = f"/referrals/incoming/{waiting.ref}/"
    text = page_of(client_of(grace).post(page, {"family": castellanos.ref}))
    nowhere = page_of(client_of(grace).post(page, {"family": "LB-22222"}))
    assert "You see no family with this reference" in text
    assert "You see no family with this reference" in nowhere


def test_it_is_settled_with_something_and_by_one(waiting, okafors, grace, miriam, client_of):
    page = f"/referrals/incoming/{waiting.ref}/"
    assert "or say what you did" in page_of(client_of(grace).post(page, {}))
    stale = InboundReferral.objects.get()
    incoming_actions.triage(
        incoming=waiting, what_was_done="Rang him: they have moved away.", by=grace
    )
    with pytest.raises(Conflict, match="just settled"):
        incoming_actions.triage(incoming=stale, family=okafors, by=miriam)
    assert Family.objects.count() == 1


def test_another_team_sees_nothing_of_it(waiting, sam, client_of):
    assert client_of(sam).get(f"/referrals/incoming/{waiting.ref}/").status_code == 404
    assert waiting.ref not in page_of(client_of(sam).get("/referrals/incoming/"))
