import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client


@pytest.fixture(scope="module")
def schema():
    output = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=output)
    return output.getvalue()


def test_the_schema_is_valid_and_without_warnings(schema):
    assert "openapi: 3" in schema


def test_every_address_of_the_contract_is_there(schema):
    names = "families persons contacts observations referrals sites sessions bookings"
    for name in [*names.split(), "indicators", "figures", "reports"]:
        assert f"  /api/v1/{name}/:" in schema
    assert "  /api/v1/referrals/{ref}/first-contact/:" in schema


def test_every_post_asks_for_a_key_and_nothing_is_overwritten(schema):
    assert len(re.findall("^    post:", schema, re.MULTILINE)) == schema.count(
        "name: Idempotency-Key"
    )
    assert not re.search("^    (put|patch|delete):", schema, re.MULTILINE)


def test_the_schema_is_served_to_whoever_asks(db):
    assert Client().get("/api/v1/schema/").status_code == 200


def test_the_reference_explains_each_resource_and_each_problem(db):
    page = Client().get("/api/v1/docs/").content.decode()
    assert "POST /api/v1/referrals/{ref}/accept/" in page
    assert 'id="somebody-was-first"' in page
    assert "people[].birth_date" in page
    assert "<script>" not in page
