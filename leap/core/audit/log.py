"""Writing to the log. `leap.core.audit.verify` proves that nobody has changed it."""

from collections.abc import Iterable
from typing import Protocol

from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.audit import kinds
from leap.core.audit.models import Event


class Referenced(Protocol):
    @property
    def ref(self) -> object: ...


def record(
    kind: str,
    *,
    by: User | None,
    family_ref: str = "",
    subject: Referenced | None = None,
    team_code: str = "",
    outside: object = "",
    **details: object,
) -> None:
    """Add one event, in the caller's transaction. `details` must be JSON and hold no free text.
    `outside` names whoever did it without being a practitioner.

    Events of a family form that family's chain; others form one chain for each practitioner, so
    that nobody waits for anybody else's.
    """
    event(
        kind,
        by=by,
        family_ref=family_ref,
        subject=subject,
        team_code=team_code,
        outside=outside,
        **details,
    ).save()


def record_all(events: Iterable[Event]) -> None:
    """Add many at once, each made by `event`; in the order of their chains, so that two who add to
    the same ones wait for each other and never crosswise."""
    Event.objects.bulk_create(sorted(events, key=lambda event: event.chain))


def event(
    kind: str,
    *,
    by: User | None,
    family_ref: str = "",
    subject: Referenced | None = None,
    team_code: str = "",
    outside: object = "",
    **details: object,
) -> Event:
    """An event not yet added, for `record_all`; what it takes is as in `record`.

    Raises UndeclaredError for a kind that leap/core/audit/kinds.py does not have.
    """
    return Event(
        at=timezone.now(),
        kind=kinds.kind(kind).code,
        by_ref=str(by.ref) if by else "",
        by_name=by.name if by else f"outside: {outside}"[:200] if outside else "the system",
        team_code=team_code,
        family_ref=family_ref,
        subject_type=type(subject).__name__.lower() if subject else "",
        subject_ref=str(subject.ref) if subject else "",
        details=details,
        chain=family_ref or (f"by:{by.ref}" if by else "system"),
    )
