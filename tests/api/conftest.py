"""Other systems: each acts for somebody, with a token."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from rest_framework.authtoken.models import Token

from families.models import Family, Person
from leap.core.accounts.models import User
from sites.models import Session


class System(Client):
    """A program that reads and sends JSON, each thing under a new key unless one is given."""

    def __init__(self, user: User) -> None:
        token, _ = Token.objects.get_or_create(user=user)
        self.sign_in = {"authorization": f"Token {token.key}"}
        super().__init__(headers=self.sign_in)

    def send(self, address: str, body: Any, key: str | None = None) -> HttpResponse:
        return self.post(
            f"/api/v1/{address}",
            body,
            content_type="application/json",
            headers={"idempotency-key": key or str(uuid.uuid4())},
        )

    def read(self, address: str) -> HttpResponse:
        return self.get(f"/api/v1/{address}")

    def rows(self, address: str) -> list[dict[str, Any]]:
        return self.read(address).json()["results"]


@pytest.fixture
def system_of(db: None) -> Callable[[User], System]:
    return System


@pytest.fixture
def home_visit(okafors: Family, chidi: Person) -> dict[str, Any]:
    """A contact as a system would send it."""
    return {
        "family": okafors.ref,
        "team": "stockwell-health-visiting",
        "kind": "home_visit",
        "occurred_at": "2026-02-01T10:00:00+00:00",
        "outcome": "attended",
        "review": "new_birth",
        "concerned": [chidi.ref],
        "note": "Feeding well.",
        "findings": [{"person": chidi.ref, "code": "weight_kg", "value": "4.2"}],
    }


@pytest.fixture
def request_for_help(okafors, family_support, stockwell):
    """Stockwell health visiting asks family support to help the Okafors, as a system sends it."""
    return {
        "family": okafors.ref,
        "pathway": "health-visiting-to-family-support",
        "from_team": stockwell.code,
        "to_team": family_support.code,
        "reason": "Ada would like help with sleep.",
        "ticked": ["That the family knows and agrees"],
    }


@pytest.fixture
def massage(larkhall, baby_massage):
    """Baby massage tomorrow, with room for two."""
    tomorrow = timezone.now() + timedelta(days=1)
    return Session.objects.create(
        ref="S-7K3M9",
        site=larkhall,
        service=baby_massage,
        during=DateTimeTZRange(tomorrow, tomorrow + timedelta(hours=1)),
        capacity=2,
    )
