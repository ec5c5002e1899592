"""Nobody changes the log unseen."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from leap.core.audit import verify
from leap.core.audit.log import record
from leap.core.audit.models import Anchor, ChainHead, Event
from leap.core.audit.verify import find_breaks

STAYS = {
    "audit_event": "audit_event_stays",
    "audit_chainhead": "audit_chainhead_stays",
    "audit_chainanchor": "audit_chainanchor_stays",
    "audit_anchor": "audit_anchor_stays",
}


def tamper(sql: str) -> None:
    """What the owner of the tables can do, and nobody else."""
    with connection.cursor() as cursor:
        for table, trigger in STAYS.items():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        cursor.execute(sql)
        for table, trigger in STAYS.items():
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")


@pytest.fixture
def chain(okafors, grace):
    """The Okafors' chain: four events, the last two of them notes."""
    record("plan.goal_set", by=grace, family_ref=okafors.ref)
    record("plan.scored", by=grace, family_ref=okafors.ref)
    assert Event.objects.filter(chain=okafors.ref).count() == 4
    return okafors.ref


def test_every_event_has_its_place(chain):
    assert find_breaks() == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET kind = 'x'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "UPDATE audit_chainhead SET length = 1",
        "DELETE FROM audit_chainhead",
        "INSERT INTO audit_chainhead VALUES ('LB-22222', 0, '')",
        "UPDATE audit_anchor SET hash = ''",
        "DELETE FROM audit_anchor",
        "UPDATE audit_chainanchor SET length = 0",
        "DELETE FROM audit_chainanchor",
    ],
)
def test_the_database_refuses(chain, sql):
    verify.anchor(date(2026, 2, 5))
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("DELETE FROM audit_event WHERE position = 1", "event 1 is missing, before event 2 ("),
        ("DELETE FROM audit_event WHERE position = 2", "event 2 is missing, before event 3 ("),
        ("DELETE FROM audit_event WHERE position = 4", "event 4 is missing: 4 were written"),
        ("DELETE FROM audit_event", "event 1 is missing: 4 were written"),
        ("DELETE FROM audit_chainhead", "its 4 events are in no chain"),
        ("UPDATE audit_chainhead SET length = 9", "event 5 is missing: 9 were written"),
        (
            "UPDATE audit_chainhead SET length = 2",
            "its chain was changed: it ends at event 4, not 2",
        ),
        (
            "UPDATE audit_chainhead SET head = 'x'",
            "its chain was changed: it ends at event 4, not 4",
        ),
        (
            "DELETE FROM audit_event WHERE position = 4; UPDATE audit_chainhead SET length = 3,"
            " head = (SELECT hash FROM audit_event WHERE position = 3)",
            "event 4 is missing, which the seal covers",
        ),
        (
            "DELETE FROM audit_event; DELETE FROM audit_chainhead",
            "event 4 is missing, which the seal covers",
        ),
    ],
)
def test_what_is_taken_away_is_named(chain, sql, sentence):
    verify.anchor(date(2026, 2, 5))

    tamper(sql)

    [line] = find_breaks()
    assert line.startswith(f"{chain}: {sentence}")


# Every column an event has, changed in every event of the chain in turn.
EDITS = [
    "kind = 'x'",
    "at = at - interval '1 day'",
    "by_name = 'Nobody'",
    "by_ref = 'x'",
    "team_code = 'x'",
    "family_ref = 'x'",
    "subject_type = 'x'",
    "subject_ref = 'x'",
    "details = '{\"edited\": true}'",
    "hash = 'x'",
    "previous_hash = 'x'",
]


@pytest.mark.parametrize("position", [1, 2, 3, 4])
@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_event_is_named(chain, edit, position):
    tamper(f"UPDATE audit_event SET {edit} WHERE position = {position}")

    [line] = find_breaks()
    assert line.startswith(f"{chain}: event {position} (")


def test_an_event_moved_to_another_chain_is_missed_in_its_own(chain):
    tamper("UPDATE audit_event SET chain = 'LB-22222' WHERE position = 3")

    assert any(line.startswith(f"{chain}: event 3 is missing") for line in find_breaks())


# Whoever owns the database can work out every hash again. The seal of the night before cannot.

REWRITE = """
DO $$
DECLARE each record; previous bytea := '\\x';
BEGIN
    UPDATE audit_event SET by_name = 'Nobody' WHERE position = 2;
    FOR each IN SELECT * FROM audit_event ORDER BY position LOOP
        UPDATE audit_event SET previous_hash = previous, hash = audit_event_hash(previous,
            position, chain, at, kind, by_ref, by_name, team_code, family_ref, subject_type,
            subject_ref, details) WHERE id = each.id RETURNING hash INTO previous;
    END LOOP;
    UPDATE audit_chainhead SET head = previous;
END $$
"""


def test_a_whole_chain_rewritten_is_found_by_the_seal(chain):
    verify.anchor(date(2026, 2, 5))

    tamper(REWRITE)

    assert find_breaks() == [f"{chain}: event 4 was rewritten, which the seal covers"]


def test_rewriting_what_was_sealed_too_breaks_the_seal(chain):
    verify.anchor(date(2026, 2, 5))

    tamper(REWRITE)
    tamper(
        "UPDATE audit_chainanchor a SET head = c.head FROM audit_chainhead c WHERE c.name = a.name"
    )

    assert find_breaks() == ["seal of 2026-02-05: what it covers has been rewritten"]


def test_a_seal_is_said_aloud_where_the_database_cannot_reach(chain, caplog):
    anchor = verify.anchor(date(2026, 2, 5))

    assert [log_record.message for log_record in caplog.records] == [verify.anchor_in_words(anchor)]
    assert bytes(anchor.hash).hex() in verify.anchor_in_words(anchor)
    assert chain not in verify.anchor_in_words(anchor)


def test_a_day_is_sealed_once_and_the_log_goes_on(chain, grace):
    verify.anchor(date(2026, 2, 5))
    record("plan.step_done", by=grace, family_ref=chain)
    again = verify.anchor(date(2026, 2, 5))
    next_day = verify.anchor(date(2026, 2, 6))

    assert Anchor.objects.count() == 2
    assert (again.events, next_day.events, ChainHead.objects.count()) == (4, 5, 1)
    assert find_breaks() == []
