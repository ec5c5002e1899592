"""So much in a minute, so much in a request; and nothing typed is lost by it."""

import json
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from leap.core.audit.models import Event
from leap.web.error_pages import MADE_FOR
from tests.casework.reading import read


@pytest.fixture(autouse=True)
def fresh_minute(settings):
    """A minute that no test outlasts, however slow the machine."""
    cache.clear()
    settings.PAGE_LIMITS = {"search": 2, "export": 1, "send": 1}
    with time_machine.travel(timezone.now(), tick=False):
        yield
    cache.clear()


def test_a_third_search_within_a_minute_waits(grace, okafors, client_of):
    browser = client_of(grace)
    answers = [browser.get("/families/", {"q": "okafor"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 61
    assert "then load the page again." in read(answers[2])
    assert browser.get("/families/").status_code == 200  # not a search
    assert Event.objects.filter(kind="families.searched").count() == 2


def test_nobody_takes_a_caseload_along_by_the_minute(grace, okafors, client_of):
    browser, visit = client_of(grace), f"/offline/visits/{okafors.ref}/"
    assert [browser.get(visit).status_code for _ in range(3)] == [200, 200, 429]


def test_nobody_waits_for_what_a_colleague_does(grace, miriam, okafors, client_of):
    for _ in range(3):
        client_of(grace).get("/families/", {"q": "okafor"})
    assert client_of(miriam).get("/families/", {"q": "okafor"}).status_code == 200


def test_a_second_export_within_a_minute_waits(asha, client_of):
    browser = client_of(asha)
    first, second = browser.get("/outcomes/export/"), browser.get("/outcomes/export/")
    assert first.status_code != 429
    assert second.status_code == 429


def test_what_was_typed_comes_back_ready_to_be_sent(grace, okafors, client_of):
    browser = client_of(grace)
    page = f"/families/{okafors.ref}/contacts/new/"
    typed = {"note": "Weaning started.", "submission": str(uuid4()), MADE_FOR: str(grace.ref)}
    browser.post(page, typed)
    answer = browser.post(page, typed)
    assert answer.status_code == 429
    assert "Weaning started." in answer.content.decode()
    assert "Send it again" in read(answer)
    assert answer.headers["Retry-After"]


def test_what_was_typed_comes_back_from_a_form_that_does_not_say_whose_it_is(
    grace, okafors, client_of
):
    """Such as a button of the page, or a form of an older one."""
    browser = client_of(grace)
    for page in (
        f"/families/{okafors.ref}/contacts/new/",
        "/families/new/",
        f"/families/{okafors.ref}/alerts/add/",
        "/account/sessions/end-others/",
    ):
        browser.post(page, {"note": "Weaning started."})
        answer = browser.post(page, {"note": "Weaning started."})
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) <= 61
        assert "Somebody else signed in" not in read(answer)
        assert "a great deal within a minute" in read(answer)
        assert "Weaning started." in read(answer)
    assert "a great deal" in read(browser.post("/families/new/"))  # nothing was typed


def test_another_persons_form_is_still_shown_to_nobody_else(grace, miriam, okafors, client_of):
    browser, page = client_of(grace), f"/families/{okafors.ref}/contacts/new/"
    typed = {"note": "Weaning started.", MADE_FOR: str(miriam.ref)}
    for _ in range(2):
        answer = browser.post(page, typed)
        assert "Weaning started." not in read(answer)


@pytest.mark.parametrize(
    "headers",
    [{"accept": "application/json"}, {"sec-fetch-dest": "empty"}],
)
def test_a_script_is_told_in_json(grace, client_of, headers):
    browser = client_of(grace)
    for page in ("/offline/send/", "/families/find/", "/account/sessions/end-others/"):
        browser.post(page, headers=headers)
        answer = browser.post(page, headers=headers)
        assert answer.status_code == 429
        assert answer.json()["state"] == "wait"
        assert "Wait " in answer.json()["sentence"]
        assert answer.headers["Retry-After"] == str(answer.json()["retry_after"])


def test_nobody_seems_signed_out_by_sending_too_much(grace, client_of):
    browser = client_of(grace)
    codes = {browser.post("/sign-in/still/").status_code for _ in range(5)}
    assert codes == {200}


def test_drafts_are_kept_however_fast_they_come(grace, okafors, client_of):
    browser = client_of(grace)
    codes = [
        browser.post(f"/drafts/contact-{okafors.ref}/", {"note": "Wea"}).status_code
        for _ in range(4)
    ]
    assert 429 not in codes


def test_ten_megabytes_in_a_field_are_refused_with_a_sentence(grace, client_of):
    answer = client_of(grace).post("/families/new/", {"name": "x" * 10_000_000})
    assert answer.status_code == 413
    assert "shorten what you typed" in read(answer)


def test_so_are_ten_thousand_fields(grace, client_of):
    answer = client_of(grace).post("/families/new/", {f"field{n}": "" for n in range(10_000)})
    assert answer.status_code == 413


def test_and_json_a_thousand_levels_deep(grace, client_of):
    deep = "[" * 1000 + "]" * 1000
    answer = client_of(grace).post(
        "/api/v1/families/",
        json.dumps({"name": "Silva"}).replace('"Silva"', deep),
        content_type="application/json",
        headers={"idempotency-key": str(uuid4())},
    )
    assert answer.status_code == 400
    assert "nested too deeply" in answer.json()["detail"]
