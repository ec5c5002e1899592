"""Schemathesis reads our own schema and sends, as Grace, whatever it can think of: what fits the
schema and what does not. Nothing crashes, and every answer is one that the schema announces."""

import re
import uuid
from contextlib import contextmanager

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from leap.wsgi import application

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
BOUNDED = settings(
    max_examples=6,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
RESOURCES = "families persons contacts observations referrals sites sessions bookings figures"


@pytest.fixture(scope="module")
def schema():
    document = SchemaGenerator().get_schema(request=None, public=True)
    schema = schemathesis.openapi.from_dict(document)
    schema.app = application
    return schema


@contextmanager
def one_connection():
    """Requests leave the test's connection open, as those of Django's own test client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def names(system_of, grace, home_visit, okafors, chidi, baby_massage, request_for_help, massage):
    """What is really there, by the names of the fields and of the addresses that can hold it."""
    system = system_of(grace)
    place = {"session": massage.ref, "family": okafors.ref, "people": [chidi.ref]}
    bodies = {"contacts/": home_visit, "referrals/": request_for_help, "bookings/": place}
    refs = {address: system.send(address, body).json()["ref"] for address, body in bodies.items()}
    return {
        **{name: value for name, value in request_for_help.items() if name != "reason"},
        "team": home_visit["team"],
        "lead_team": home_visit["team"],
        "concerned": [chidi.ref],
        "people": [chidi.ref],
        "person": chidi.ref,
        "contact": refs["contacts/"],
        "service": baby_massage.code,
        "site": massage.site.code,
        "session": massage.ref,
        "families/": okafors.ref,
        "persons/": chidi.ref,
        "sites/": massage.site.code,
        "sessions/": massage.ref,
        **refs,
    }


@pytest.mark.parametrize("resource", [*RESOURCES.split(), "indicators", "reports"])
def test_whatever_is_sent_the_answer_is_one_we_announce(
    schema, names, system_of, grace, resource, monkeypatch
):
    rates = {"signed_in": 10**6}
    monkeypatch.setattr("leap.core.api.throttles.api_settings.DEFAULT_THROTTLE_RATES", rates)
    # Called without a server in between, nobody would unpack what is compressed.
    headers = {**system_of(grace).sign_in, "accept-encoding": "identity"}
    with one_connection():
        for operation in schema.include(path_regex=f"^/api/v1/{resource}/").get_all_operations():
            _send_much(operation.ok(), names, headers)


def _send_much(operation, names, headers):
    cases = st.one_of([operation.as_strategy(mode) for mode in GenerationMode])

    @BOUNDED
    @given(case=cases, real=st.booleans())
    def send(case, real):
        if real:
            _name_what_is_there(case, names)
        case.call_and_validate(headers=headers, checks=CHECKS)

    send()


def _name_what_is_there(case, names):
    """Let the case speak of what Grace can see, under a key of its own."""
    resource = re.match("/api/v1/([a-z]+/)", case.path)[1]
    if case.path_parameters and resource in names:
        case.path_parameters = dict.fromkeys(case.path_parameters, names[resource])
    if case.method == "POST":
        case.headers = {"Idempotency-Key": str(uuid.uuid4())}
    for fields in (case.query, case.body, *_findings(case.body)):
        if isinstance(fields, dict):
            fields.update({name: names[name] for name in fields if name in names})


def _findings(body):
    findings = body.get("findings", []) if isinstance(body, dict) else []
    return findings if isinstance(findings, list) else []
