"""Drafts: what is typed is kept, for the one who typed it."""

import pytest

from leap.core.outbox.models import Draft


@pytest.fixture
def keep(client_of, grace):
    browser = client_of(grace)
    return lambda form, **fields: browser.post(f"/drafts/{form}/", fields)


def test_every_field_is_kept_but_the_token(keep, grace):
    response = keep("contact-LB-22222", note="Half", concerned=["A", "B"], csrfmiddlewaretoken="x")

    assert (response.status_code, response.content) == (204, b"")
    draft = Draft.objects.get()
    assert draft.user == grace
    assert draft.fields == {"note": ["Half"], "concerned": ["A", "B"]}


def test_the_latest_typing_replaces_the_earlier(keep):
    keep("register", name="Sil")
    keep("register", name="Silva")

    assert Draft.objects.get().fields == {"name": ["Silva"]}


def test_a_character_that_the_database_cannot_hold_costs_no_more_than_itself(keep):
    keep("register", name="Sil\x00va 👶 شهد")

    assert Draft.objects.get().fields == {"name": ["Silva 👶 شهد"]}


def test_far_too_much_is_refused(keep):
    assert keep("register", name="x" * 600_000).status_code == 507
    assert not Draft.objects.exists()


def test_throwing_away_touches_only_my_own(keep, client_of, sam):
    keep("register", name="Silva")

    client_of(sam).post("/drafts/register/discard/")

    assert Draft.objects.count() == 1


def test_throwing_away_never_leads_elsewhere(client_of, grace):
    answer = client_of(grace).post(
        "/drafts/register/discard/", {"next": "https://elsewhere.example/"}
    )

    assert answer.url == "/"


def test_reading_a_draft_by_its_address_is_not_possible(keep, client_of, grace):
    keep("register", name="Silva")

    assert client_of(grace).get("/drafts/register/").status_code == 405


def test_nobody_signed_out_keeps_anything(client, db):
    assert client.post("/drafts/register/", {"name": "Silva"}).status_code == 403
    assert not Draft.objects.exists()
