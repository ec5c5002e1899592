"""An event of a kind that nobody has declared is refused by the database, too: as the pages' role,
whatever statement it comes by."""

from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from leap.core.audit import declaring
from leap.core.audit.kinds import KINDS
from leap.core.audit.log import record
from leap.core.audit.models import DeclaredKind, Event
from leap.core.rls.session import bypass_rls

pytestmark = pytest.mark.django_db
REFUSED = "42501"


def declared():
    return set(DeclaredKind.objects.values_list("code", flat=True))


@contextmanager
def refused():
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        yield
    assert error.value.__cause__.pgcode == REFUSED


def event(kind, by):
    return Event(at=timezone.now(), kind=kind, by_ref=str(by.ref), by_name=by.name, chain="system")


def test_the_database_knows_every_declared_kind_and_no_other():
    assert declared() == set(KINDS)


@pytest.mark.parametrize(
    "made_up", ["family.open", "contact", "FAMILY.OPENED", "family.opened ", ""]
)
def test_a_page_writes_no_event_of_another_kind(made_up, grace, reading_as):
    reading_as(grace)
    with refused():
        event(made_up, grace).save()
    with refused():
        Event.objects.bulk_create([event("family.opened", grace), event(made_up, grace)])
    with bypass_rls("it is no more declared there"), refused():
        event(made_up, grace).save()
    assert not Event.objects.filter(kind=made_up).exists()


def test_a_page_writes_those_that_are_declared(grace, reading_as):
    reading_as(grace)
    record("family.opened", by=grace)
    assert Event.objects.get().kind == "family.opened"


@pytest.mark.parametrize(
    "change",
    [
        lambda: DeclaredKind.objects.create(code="family.open"),
        lambda: DeclaredKind.objects.update(code="family.open"),
        lambda: DeclaredKind.objects.all().delete(),
    ],
)
def test_a_page_declares_none(change, grace, reading_as):
    reading_as(grace)
    with refused():
        change()


def test_a_new_kind_needs_no_migration_of_its_own(monkeypatch, grace, reading_as):
    new = {"family.painted": KINDS["family.opened"]}
    monkeypatch.setattr(declaring, "KINDS", {**KINDS, **new})
    call_command("migrate", verbosity=0, interactive=False)
    assert declared() == {*KINDS, "family.painted"}
    reading_as(grace)
    event("family.painted", grace).save()
    assert Event.objects.filter(kind="family.painted").exists()


def test_a_kind_that_is_gone_is_not_written_any_more(monkeypatch, grace, reading_as):
    fewer = {code: kind for code, kind in KINDS.items() if code != "family.opened"}
    monkeypatch.setattr(declaring, "KINDS", fewer)
    declaring.write_declared_kinds("default")
    reading_as(grace)
    with refused():
        event("family.opened", grace).save()
