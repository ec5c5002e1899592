"""What one person can have kept is bounded; beyond it a sentence says so, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from psycopg2 import errors

from families.models import Contact, SafetyAlert
from leap.core.outbox import actions, drafts
from leap.core.outbox.models import Draft, IdempotencyKey
from tests.casework.reading import read

BIG = "x" * 490_000


@pytest.fixture
def keep(client_of, grace):
    browser = client_of(grace)
    return lambda form, **fields: browser.post(f"/drafts/{form}/", fields)


def test_sixty_large_drafts_are_not_all_kept(keep, grace):
    answers = [keep(f"contact-LB-{number:05}", note=BIG) for number in range(60)]

    saved = [answer.status_code for answer in answers].count(204)
    assert saved == drafts.MOST_CHARACTERS // len(BIG)
    assert {answer.status_code for answer in answers[saved:]} == {507}
    assert "Save or discard some of them on My work" in answers[-1].content.decode()
    assert Draft.objects.filter(user=grace).count() == saved


def test_many_small_ones_are_not_all_kept(keep, grace):
    codes = [keep(f"made-up-{number}", note="x").status_code for number in range(110)]

    assert codes.count(204) == drafts.MOST_DRAFTS
    assert Draft.objects.filter(user=grace).count() == drafts.MOST_DRAFTS


def test_what_is_kept_can_still_be_typed_on_with(keep):
    for number in range(60):
        keep(f"contact-LB-{number:05}", note=BIG)

    assert keep("contact-LB-00000", note=BIG[:-1] + "y").status_code == 204


def test_throwing_one_away_makes_room(keep, client_of, grace):
    for number in range(6):
        keep(f"contact-LB-{number:05}", note=BIG)
    client_of(grace).post("/drafts/contact-LB-00000/discard/")

    assert keep("contact-LB-00009", note="Room again").status_code == 204


def test_one_person_s_drafts_take_nobody_else_s_room(keep, client_of, sam):
    for number in range(6):
        keep(f"contact-LB-{number:05}", note=BIG)

    assert client_of(sam).post("/drafts/register/", {"name": "Silva"}).status_code == 204


def test_a_refused_form_that_is_not_kept_says_so(keep, client_of, grace, okafors, stockwell):
    for number in range(6):
        keep(f"contact-LB-{number:05}", note=BIG)
    browser, about = client_of(grace), f"/families/{okafors.ref}/alerts/add/"
    fields = {"kind": "dog", "words": "Barks" * 30, "review_on": "2001-01-01"}
    Draft.objects.update(size=drafts.MOST_CHARACTERS)

    refused = browser.post(about, {**fields, "team": stockwell.code})

    assert "Barks" * 30 in refused.text
    assert "What you typed last was not kept." in read(browser.get("/"))


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_are_bounded_too(client_of, grace):
    def keep(number):
        try:
            return client_of(grace).post(f"/drafts/f-{number}/", {"note": BIG}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as tabs:
        codes = list(tabs.map(keep, range(12)))

    assert codes.count(204) == drafts.MOST_CHARACTERS // len(BIG)


def test_what_nobody_has_touched_for_long_is_cleared_out(keep, grace):
    keep("register", name="Silva")
    keep("contact-LB-22222", note="Of today")
    old = timezone.now() - timedelta(days=91)
    Draft.objects.filter(form="register").update(saved_at=old)
    IdempotencyKey.objects.create(user=grace, key="old", route="x", made_at=old)
    IdempotencyKey.objects.create(user=grace, key="new", route="x")

    assert actions.clear_out() == 2
    assert Draft.objects.get().form == "contact-LB-22222"
    assert IdempotencyKey.objects.get().key == "new"


def disk_is_full(**arguments):
    """As the database says it, through psycopg2 and Django."""
    cause = errors.DiskFull("could not extend file: No space left on device")
    raise OperationalError(*cause.args) from cause


def test_a_full_disk_of_the_database_gives_back_what_was_typed(
    client_of, grace, okafors, stockwell, monkeypatch
):
    browser, about = client_of(grace), f"/families/{okafors.ref}/alerts/add/"
    day = timezone.localdate() + timedelta(days=9)
    fields = {"kind": "dog", "words": "Barks", "review_on": day, "team": stockwell.code}
    fields |= {"submission": str(uuid4()), "made_for": str(grace.ref)}
    with monkeypatch.context() as full:
        full.setattr("families.contacts.alert_actions.add_alert", disk_is_full)
        answer = browser.post(about, fields)

    assert answer.status_code == 507
    assert "has not been saved yet" in read(answer)
    assert 'value="Barks"' in answer.text
    browser.post(about, fields)
    assert SafetyAlert.objects.count() == 1
    assert not Contact.objects.exists()
