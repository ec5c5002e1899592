"""Marking who came, and putting down who came without a booking."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from families.models import Family, Person
from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.rls.session import bypass_rls
from sites.bookings.actions import add_attendances
from sites.models import Attendance, Session
from sites.registers import rules
from sites.sessions.locking import hold_session

Status = Attendance.Status


@transaction.atomic
def walk_in(
    *, session: Session, family: Family, people: list[Person], by: User, why: str = ""
) -> None:
    """Put down people who came without a booking. They take no bookable place. `why` as in mark."""
    rules.check_can_walk_in(session, family, people, by, why)
    hold_session(session)
    now = timezone.now()
    add_attendances(session, people, status=Status.WALKED_IN, marked_at=now, marked_by=by)
    record(
        "register.walked_in",
        by=by,
        family_ref=family.ref,
        subject=session,
        people=[person.ref for person in people],
        **_correction(why),
    )


def _correction(why: str) -> dict[str, Any]:
    return {"why": why} if why else {}


# What a mark makes of a row, by what it was. A place given back stays given back: somebody who came
# after all walked in, and a walk-in who was not there after all is taken off.
MARKED = {
    True: {
        Status.BOOKED: Status.ATTENDED,
        Status.DID_NOT_ATTEND: Status.ATTENDED,
        Status.CANCELLED: Status.WALKED_IN,
    },
    False: {
        Status.BOOKED: Status.DID_NOT_ATTEND,
        Status.ATTENDED: Status.DID_NOT_ATTEND,
        Status.WALKED_IN: Status.CANCELLED,
    },
}


@transaction.atomic
def mark(
    *,
    session: Session,
    came: dict[str, bool],
    by: User,
    as_shown: dict[str, str] | None = None,
    why: str = "",
) -> int:
    """Mark who came: by reference of the person, whether they did. How many marks changed.

    Marking the same again changes nothing; a mark can be corrected, once the register has closed by
    a manager who says `why`. People who are not in this session are passed over. `as_shown` says
    how each stood on the register that `by` had before them: what they left as it was stays as it
    is now, and where somebody else has marked the person otherwise meanwhile it raises Conflict,
    with who, and marks nobody.
    """
    rules.check_can_mark(session, by, why)
    hold_session(session)
    there = Attendance.objects.filter(pk__in=session.named_on_register(), person__ref__in=came)
    with bypass_rls("a register names everybody in it, to whoever takes it"):
        rows = list(there.on_register_for(by).select_related("person", "marked_by"))
    came = _check_marks(rows, came, as_shown or {})
    now, changed = timezone.now(), []
    for row in rows:
        has_come = came.get(row.person.ref)
        to = None if has_come is None else MARKED[has_come].get(Status(row.status))
        if to is not None:
            row.status, row.marked_at, row.marked_by = to, now, by
            changed.append(row)
    # Not past the policies: they say who marks as well.
    Attendance.objects.bulk_update(changed, ["status", "marked_at", "marked_by"])
    if changed:
        marks = {row.person.ref: row.status for row in changed}
        record("register.marked", by=by, subject=session, marks=marks, **_correction(why))
    return len(changed)


CAME = {Status.ATTENDED: True, Status.WALKED_IN: True, Status.DID_NOT_ATTEND: False}


def _check_marks(
    rows: list[Attendance], came: dict[str, bool], as_shown: dict[str, str]
) -> dict[str, bool]:
    """The marks that `came` makes of the register as it was shown, without those it left alone."""
    meant, otherwise = dict(came), []
    for row in rows:
        ref = row.person.ref
        before = (
            CAME.get(Status(as_shown[ref])) if ref in as_shown else CAME.get(Status(row.status))
        )
        now = CAME.get(Status(row.status))
        if now == before or row.marked_by is None:
            continue
        if came[ref] == before:
            del meant[ref]
        elif came[ref] != now:
            otherwise.append(row)
    rules.check_marked_alike(otherwise)
    return meant


def open_register(*, session: Session, by: User, seen: set[str], why: str = "") -> None:
    """Note that `by` has read the names in this register; once for each sign-in."""
    rules.check_can_open_register(session, by)
    if session.ref in seen:
        return
    names = len(session.named_on_register())
    record("register.opened", by=by, subject=session, names=names, **_correction(why))
    seen.add(session.ref)
