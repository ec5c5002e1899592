"""Refusals as pages."""

import uuid

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from leap.core.accounts.models import User
from leap.core.exceptions import Conflict, NotAllowed
from leap.urls import *  # noqa: F403 the error handlers, and everything else
from leap.urls import urlpatterns as real
from leap.web import error_pages


def refuse(request: HttpRequest) -> HttpResponse:
    raise NotAllowed("Only the lead practitioner can close this family.")


def clash(request: HttpRequest) -> HttpResponse:
    raise Conflict("Sam accepted this referral at 2:30pm.")


def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Ada Okafor")


def take(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken")


urlpatterns = [
    *real,
    path("refuse/", refuse),
    path("clash/", clash),
    path("break/", break_down),
    path("api/v1/break/", break_down),
    path("take/", take),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def hers(grace: User) -> Client:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(grace)
    return client


def test_what_is_not_yours_to_do_says_why(hers: Client):
    answer = hers.get("/refuse/")
    assert answer.status_code == 403
    assert "Only the lead practitioner can close this family." in answer.content.decode()


def test_whoever_was_second_hears_what_happened(hers: Client):
    answer = hers.get("/clash/")
    assert answer.status_code == 409
    assert "Sam accepted this referral at 2:30pm." in answer.content.decode()


def test_a_page_that_is_not_there_keeps_its_frame(hers: Client):
    answer = hers.get("/nowhere/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()
    assert "Grace Mensah" in answer.content.decode()


def test_a_fault_of_ours_tells_nobody_who_it_was_about(hers: Client, caplog):
    answer = hers.get("/break/")
    assert answer.status_code == 500
    assert "Okafor" not in answer.content.decode()
    assert "what you typed should still be on the page" in answer.content.decode()


def test_programs_get_problems_they_can_read(hers: Client, caplog):
    assert hers.get("/api/v1/break/")["Content-Type"] == "application/problem+json"
    assert hers.get("/api/v1/nowhere/").json()["status"] == 404


def test_a_form_sent_with_an_old_token_is_offered_again_with_what_was_typed(
    hers: Client, grace: User
):
    typed = {
        "note": "Ada was well.\nMilk is in.",
        "submission": str(uuid.uuid4()),
        "made_for": str(grace.ref),
    }
    answer = hers.post("/take/", typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Ada was well." in page
    assert typed["submission"] in page


def test_a_form_from_elsewhere_is_never_offered_again(hers: Client):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        page = hers.post("/take/", {"note": "forged"}, headers=headers).content.decode()
        assert "forged" not in page
        assert "Nothing was changed" in page


def test_typing_survives_being_signed_out(db: None):
    answer = Client().post("/take/", {"note": "Ada was well.", "password": "secret"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Ada was well." in page
    assert "secret" not in page


def test_signed_in_pages_are_kept_by_no_cache(hers: Client, client: Client):
    assert hers.get("/take/")["Cache-Control"] == "no-store"
    assert hers.get("/nowhere/")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("page", ["/refuse/", "/clash/", "/nowhere/"])
def test_a_refusal_leads_back_to_the_page_of_ours_it_was_asked_from(hers: Client, page: str):
    answer = hers.get(page, headers={"referer": "http://testserver/sites/?ward=stockwell"})
    assert 'href="http://testserver/sites/?ward=stockwell" class="govuk-back-link"' in (
        answer.content.decode()
    )


@pytest.mark.parametrize(
    "elsewhere",
    ["", "http://elsewhere.example/", "javascript:alert(1)", "http://testserver/clash/"],
)
def test_a_refusal_leads_nowhere_else(hers: Client, elsewhere: str):
    answer = hers.get("/clash/", headers={"referer": elsewhere})
    assert "govuk-back-link" not in answer.content.decode()


def test_how_long_to_wait_is_said_in_seconds_and_in_one_second():
    assert [error_pages.in_seconds(wait) for wait in (1, 2, 60)] == [
        "1 second",
        "2 seconds",
        "60 seconds",
    ]
