"""The log of it all, in the order in which it happened."""

from datetime import timedelta
from typing import Any

from leap.audit.models import Event
from leap.demo.programme import Series
from leap.demo.world import World

MARKED_AFTER = timedelta(minutes=12)


def note_registers(world: World, programme: dict[str, list[Series]]) -> None:
    """One event for each register that was marked."""
    for series in (each for ward in programme.values() for each in ward):
        for session in series.sessions.values():
            if session.ref in world.registers:
                marked_at = session.during.upper + MARKED_AFTER
                marks = world.registers[session.ref]
                world.note(
                    marked_at, "register.marked", by=series.leader, subject=session, marks=marks
                )


def leave(world: World) -> None:
    """Add every event, oldest first, so that the database chains them as they happened."""
    for at, kind, event in sorted(world.events, key=lambda event: event[0]):
        world.add(_event(at, kind, event))


def _event(at: Any, kind: str, event: dict[str, Any]) -> Event:
    by, family = event.pop("by"), event.pop("family", None)
    subject, team = event.pop("subject", None), event.pop("team", None)
    family_ref = family.ref if family else ""
    return Event(
        at=at,
        kind=kind,
        by_ref=str(by.ref) if by else "",
        by_name=by.name if by else "the system",
        team_code=team.code if team else "",
        family_ref=family_ref,
        subject_type=type(subject).__name__.lower() if subject else "",
        subject_ref=subject.ref if subject else "",
        details=event,
        chain=family_ref or (f"by:{by.ref}" if by else "system"),
    )
