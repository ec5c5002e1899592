"""The log of it all, in the order in which it happened."""

from datetime import datetime, timedelta
from typing import Any

from leap.core.audit import kinds
from leap.core.audit.models import Event
from leap.ops.demo.bulk_copy import copy
from leap.ops.demo.programme import Series
from leap.ops.demo.world import World

MARKED_AFTER = timedelta(minutes=12)


def note_registers(world: World, programme: dict[str, list[Series]]) -> None:
    """One event for each register that was marked."""
    for series in (of_ward for ward in programme.values() for of_ward in ward):
        for session in series.sessions.values():
            if session.ref in world.registers:
                marked_at = session.during.upper + MARKED_AFTER
                marks = world.registers[session.ref]
                world.note(
                    marked_at, "register.marked", by=series.leader, subject=session, marks=marks
                )


COLUMNS = (
    "at",
    "kind",
    "by_ref",
    "by_name",
    "team_code",
    "family_ref",
    "subject_type",
    "subject_ref",
    "details",
    "chain",
    "position",
    "previous_hash",
    "hash",
)


def leave(world: World) -> int:
    """Write every event, oldest first, so that the database chains them as they happened."""
    events = sorted(world.events, key=lambda event: event[0])
    copy(Event._meta.db_table, COLUMNS, (_event(at, kind, event) for at, kind, event in events))
    return len(events)


def _event(at: datetime, kind: str, event: dict[str, Any]) -> tuple[Any, ...]:
    by, family = event.pop("by"), event.pop("family", None)
    subject, team = event.pop("subject", None), event.pop("team", None)
    by_ref, family_ref = str(by.ref) if by else "", family.ref if family else ""
    return (
        at,
        kinds.kind(kind).code,
        by_ref,
        by.name if by else "the system",
        team.code if team else "",
        family_ref,
        type(subject).__name__.lower() if subject else "",
        subject.ref if subject else "",
        event,
        family_ref or (f"by:{by_ref}" if by else "system"),
        0,  # its place in its chain and the hashes are the database's to give
        "",
        "",
    )
