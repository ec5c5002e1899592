import pytest
from django.db import DatabaseError, connection, transaction

from leap.audit.log import breaks
from leap.audit.models import Event


def tamper(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_stays")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER audit_event_stays")


def test_every_event_has_its_place(okafors):
    assert Event.objects.about_family(okafors.ref).count() >= 2
    assert breaks() == []


@pytest.mark.parametrize("sql", ["UPDATE audit_event SET kind = 'x'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_one(okafors, sql):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET by_name = 'Somebody else' WHERE kind = 'family.team_involved'",
        "DELETE FROM audit_event WHERE kind = 'family.team_involved'",
        "DELETE FROM audit_event WHERE kind = 'family.registered'",
    ],
)
def test_tampering_is_found_and_named(okafors, sql):
    tamper(sql)

    assert [line.split(":")[0] for line in breaks()] == [okafors.ref]
