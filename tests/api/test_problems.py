from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from leap.core.accounts.models import User


def is_problem(answer, status):
    problem = answer.json()
    return (
        answer.status_code == problem["status"] == status
        and answer["Content-Type"] == "application/problem+json"
        and {"type", "title", "instance"} <= set(problem)
    )


def test_who_is_not_signed_in_is_challenged_and_not_redirected(db):
    answer = Client().get("/api/v1/families/")
    assert is_problem(answer, 401)
    assert answer["WWW-Authenticate"] == "Token"


def test_a_token_made_at_the_terminal_signs_a_system_in(grace):
    output = StringIO()
    call_command("drf_create_token", grace.email, stdout=output)
    token = output.getvalue().split()[2]
    system = Client(headers={"authorization": f"Token {token}"})
    assert system.get("/api/v1/families/").status_code == 200


def test_somebody_who_has_left_is_no_longer_let_in(system_of, grace):
    system = system_of(grace)
    User.objects.update(is_active=False)
    assert is_problem(system.read("families/"), 401)


def test_a_wrong_token_is_challenged(db):
    answer = Client(headers={"authorization": "Token nonsense"}).get("/api/v1/families/")
    assert is_problem(answer, 401)


def test_a_browser_must_send_its_csrf_token(grace, home_visit):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(grace)
    answer = browser.post(
        "/api/v1/contacts/",
        home_visit,
        content_type="application/json",
        headers={"idempotency-key": "12345678"},
    )
    assert is_problem(answer, 403)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_nothing_is_overwritten_or_removed(system_of, grace, okafors, method):
    answer = getattr(system_of(grace), method)(f"/api/v1/families/{okafors.ref}/")
    assert is_problem(answer, 405)
    assert "GET" in answer["Allow"]


@pytest.mark.parametrize("address", ["nothing/", "families", "families/%00/", "families/a/b/c/"])
def test_an_address_that_is_not_there(system_of, grace, address):
    assert is_problem(system_of(grace).read(address), 404)


def test_a_post_without_the_last_slash_is_not_turned_into_a_read(system_of, grace, home_visit):
    answer = system_of(grace).send("contacts", home_visit)
    assert is_problem(answer, 404)
    assert "slash" in answer.json()["detail"]


@pytest.mark.parametrize(
    "body",
    ["{", "[]", '"text"', "null", '{"note": NaN}', "[" * 5000, '{"a":' * 30 + "1" + "}" * 30],
)
def test_a_body_that_is_no_json_object(system_of, grace, body):
    answer = system_of(grace).post(
        "/api/v1/contacts/",
        body,
        content_type="application/json",
        headers={"idempotency-key": "12345678"},
    )
    assert is_problem(answer, 400)


def test_text_that_is_no_text_is_refused_and_not_a_crash(system_of, grace, home_visit):
    for hostile in ("\ud800", "a\x00b"):
        answer = system_of(grace).send("contacts/", home_visit | {"note": hostile, "kind": hostile})
        assert is_problem(answer, 400)


def test_a_form_is_not_json(system_of, grace):
    answer = system_of(grace).post(
        "/api/v1/contacts/", {"kind": "clinic"}, headers={"idempotency-key": "12345678"}
    )
    assert is_problem(answer, 415)


def test_a_body_of_ten_megabytes_is_refused(system_of, grace, home_visit):
    assert is_problem(system_of(grace).send("contacts/", home_visit | {"note": "x" * 10**7}), 413)


def test_only_json_is_answered(system_of, grace):
    answer = system_of(grace).get("/api/v1/families/", headers={"accept": "text/csv"})
    assert is_problem(answer, 406)


@pytest.mark.parametrize(
    "query", ["familly=LB-1", "family=LB-22222", "since=spring", "page_size=0", "cursor=LB-22222"]
)
def test_a_filter_we_do_not_understand_is_named_not_dropped(system_of, grace, query):
    answer = system_of(grace).read(f"contacts/?{query}")
    assert is_problem(answer, 400)
    assert answer.json()["errors"][0]["field"] == query.partition("=")[0]


def test_too_many_requests_are_told_when_to_come_back(system_of, grace, monkeypatch):
    cache.clear()
    monkeypatch.setattr(
        "leap.core.api.throttles.api_settings.DEFAULT_THROTTLE_RATES", {"signed_in": 2}
    )
    system = system_of(grace)
    answers = [system.read("families/") for _ in range(3)]
    assert [answer.status_code for answer in answers[:2]] == [200, 200]
    assert is_problem(answers[2], 429)
    assert 1 <= int(answers[2]["Retry-After"]) <= 61


def test_a_broker_that_is_down_holds_nobody_up(system_of, grace, settings):
    settings.CACHES = {
        "default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    }
    assert system_of(grace).read("families/").status_code == 200
