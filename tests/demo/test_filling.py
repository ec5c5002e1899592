"""Filling an empty database: the same for a seed, and never over somebody's records."""

import hashlib
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.utils import timezone

from families.models import Contact, Family, Person, PossibleDuplicate
from leap.core.accounts.models import User
from leap.core.audit.models import Event
from leap.ops.demo.fill import TABLES, fill, make
from outcomes.calculation.tasks import work_night
from outcomes.models import Figure, Night
from tests.demo.conftest import AS_AT, silence

pytestmark = pytest.mark.django_db


def filled(seed: int) -> str:
    """A digest of everything in the database after filling it; then it is empty again."""
    with transaction.atomic():
        fill(children=60, seed=seed, as_at=AS_AT, say=silence)
        digest = content()
        transaction.set_rollback(True)
    return digest


def content() -> str:
    digest = hashlib.sha256()
    firsts = {model: first_key(model) for model in apps.get_models()}
    for model in (*TABLES, PossibleDuplicate, Event):
        columns = [f for f in model._meta.concrete_fields if not f.primary_key]
        for row in model._default_manager.order_by("pk").iterator():
            digest.update(repr([value(row, column, firsts) for column in columns]).encode())
    return digest.hexdigest()


def first_key(model: type[models.Model]) -> int | None:
    keys = model._default_manager.order_by("pk").values_list("pk", flat=True)
    return keys.first()


def value(row: models.Model, column: models.Field, firsts: dict) -> object:
    """What a column says, with the first of a table as number 0: keys are not used again."""
    stored = getattr(row, column.attname)
    if isinstance(stored, memoryview):
        return bytes(stored)
    if column.many_to_one or column.one_to_one:
        return stored and stored - firsts[column.related_model]
    return None if column.name in ("who", "named") else stored


def test_the_same_seed_makes_the_same_lambeth():
    assert filled(seed=3) == filled(seed=3)


def test_another_seed_makes_another():
    assert names(seed=3) != names(seed=4)


def names(seed: int) -> list[str]:
    world = make(children=60, seed=seed, as_at=AS_AT, say=silence)
    return [person.name for person in world.rows[Person]]


def test_a_database_with_families_is_left_alone(okafors):
    with pytest.raises(CommandError, match="has families in it already"):
        call_command("demo", children=60)
    assert Family.objects.get() == okafors


def test_a_database_with_teams_is_left_alone(stockwell):
    with pytest.raises(CommandError, match="has teams in it already"):
        call_command("demo", children=60)
    assert not Family.objects.exists()


def test_the_future_is_refused():
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(CommandError, match="in the future"):
        call_command("demo", as_at=tomorrow)


def test_the_command_says_what_it_does_and_sums_up(capsys):
    out = StringIO()
    call_command("demo", children=60, as_at=AS_AT, stdout=out)
    assert f"{Contact.objects.count():,} contacts" in out.getvalue()
    assert "settling families with 60 children" in capsys.readouterr().err
    assert Figure.objects.published().filter(period="2024-Q1").exists()


def test_the_figures_may_be_left_to_a_worker(client_of, capsys):
    out = StringIO()
    call_command("demo", children=60, as_at=AS_AT, figures_later=True, stdout=out)

    assert "figures" not in out.getvalue()
    assert "to the worker" in capsys.readouterr().err
    night = Night.objects.get()
    for address in ("/outcomes/", "/outcomes/breastfed_6_8_weeks/", "/reports/"):
        page = client_of(User.objects.get(email="admin@leap.example")).get(address)
        assert "They are being worked out now" in page.content.decode()
    work_night(night.pk)
    assert Figure.objects.published().filter(period="2024-Q1").exists()
