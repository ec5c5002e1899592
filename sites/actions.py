"""Booking places, giving them back, and marking who came."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from families.models import Family, Person
from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref
from leap.core.reference_data.models import Site
from leap.core.rls.session import bypass_rls
from sites import rules
from sites.models import Attendance, Booking, Session, SessionStaff

Status = Attendance.Status


@transaction.atomic
def book(
    *,
    session: Session,
    family: Family,
    people: list[Person],
    by: User,
    access_needs: str = "",
) -> Booking:
    """Hold one place each for these members of the family, all of them or none.

    Raises Conflict when there is not enough room, or one of them is in the session already.
    """
    rules.check_can_book(session, family, people, by)
    _take_places(session, len(people))
    booking = Booking.objects.create(
        ref=new_ref("BK", 8),
        session=session,
        family=family,
        made_by=by,
        access_needs=access_needs,
    )
    _add_attendances(session, people, status=Status.BOOKED, booking=booking)
    _record("booking.made", booking, by=by, people=len(people))
    return booking


def _take_places(session: Session, places: int) -> None:
    """Count them in the statement that checks the capacity: full is full, however many press.

    From here to the commit the session's row is ours, so that what follows need not race.
    """
    room = Session.objects.filter(
        pk=session.pk,
        cancelled_at=None,
        during__endswith__gt=timezone.now(),
        places_taken__lte=F("capacity") - places,
    )
    if not room.update(places_taken=F("places_taken") + places):
        raise Conflict(rules.why_no_place(Session.objects.get(pk=session.pk), places))
    session.refresh_from_db(fields=["places_taken"])


def _add_attendances(session: Session, people: list[Person], **row: object) -> None:
    """One row a person. One that was cancelled before comes back to life."""
    row = {"booking": None, "marked_at": None, "marked_by": None, **row}
    there = Attendance.objects.filter(session=session, person__in=people)
    known = list(there.select_related("person"))
    rules.check_not_booked(known)
    there.update(**row)
    back = {attendance.person_id for attendance in known}
    Attendance.objects.bulk_create(
        Attendance(session=session, person=person, **row)
        for person in people
        if person.pk not in back
    )


def _record(kind: str, booking: Booking, *, by: User, people: int) -> None:
    record(
        kind,
        by=by,
        family_ref=booking.family.ref,
        subject=booking,
        session=booking.session.ref,
        people=people,
    )


@transaction.atomic
def cancel(*, booking: Booking, by: User) -> None:
    """Give the places back. Whoever has been marked already keeps the mark and the place."""
    rules.check_can_cancel(booking, by)
    live = Booking.objects.live().filter(pk=booking.pk)
    if not live.update(cancelled_at=timezone.now()):
        raise Conflict("Someone else has just cancelled this booking.")
    _hold(booking.session)
    freed = booking.attendances.filter(status=Status.BOOKED).update(status=Status.CANCELLED)
    _free_places(booking.session, freed)
    _record("booking.cancelled", booking, by=by, people=freed)


def _hold(session: Session) -> None:
    """Keep others from changing who is in this session until the commit."""
    Session.objects.select_for_update().only("pk").get(pk=session.pk)


def _free_places(session: Session, freed: int) -> None:
    Session.objects.filter(pk=session.pk).update(places_taken=F("places_taken") - freed)


@transaction.atomic
def release_places(*, person: Person, by: User) -> list[dict[str, int]]:
    """Give back every place that `person` holds to come: they have died. What was given back.

    Others of the same booking keep theirs; a booking for nobody else is cancelled.
    """
    with bypass_rls("a place is given back in whichever family it was booked"):
        held = Attendance.objects.filter(
            person=person, status=Status.BOOKED, session__during__endswith__gt=timezone.now()
        ).select_related("session", "booking__family")
        return [place for row in held if (place := _release_place(row, by))]


def _release_place(row: Attendance, by: User) -> dict[str, int] | None:
    _hold(row.session)
    held = Attendance.objects.filter(pk=row.pk, status=Status.BOOKED)
    if not held.update(status=Status.CANCELLED):  # somebody has just cancelled or marked it
        return None
    _free_places(row.session, 1)
    booking = row.booking
    if booking is None:
        return {"attendance": row.pk, "booking": 0}
    others = booking.attendances.exclude(status=Status.CANCELLED)
    ended = not others.exists() and Booking.objects.live().filter(pk=booking.pk).update(
        cancelled_at=timezone.now()
    )
    _record("booking.cancelled", booking, by=by, people=1)
    return {"attendance": row.pk, "booking": booking.pk if ended else 0}


@transaction.atomic
def restore_places(*, given_back: list[dict[str, int]], by: User) -> list[str]:
    """Take the places again that `release_places` gave back; what could not be, in sentences."""
    with bypass_rls("they were given back in whichever family they were booked"):
        return [why for place in given_back if (why := _restore_place(place, by))]


def _restore_place(place: dict[str, int], by: User) -> str:
    rows = Attendance.objects.select_related("session__service", "booking__family")
    row = rows.filter(pk=place["attendance"], status=Status.CANCELLED).first()
    if row is None:
        return ""
    _hold(row.session)
    if not Attendance.objects.filter(pk=row.pk, status=Status.CANCELLED).exists():
        return ""  # somebody has just put them down again
    try:
        _take_places(row.session, 1)
    except Conflict as refusal:
        return f"The place in {row.session.service} could not be taken again. {refusal}"
    Attendance.objects.filter(pk=row.pk).update(status=Status.BOOKED)
    Booking.objects.filter(pk=place["booking"]).update(cancelled_at=None)
    if row.booking:
        _record("booking.made", row.booking, by=by, people=1)
    return ""


@transaction.atomic
def walk_in(
    *, session: Session, family: Family, people: list[Person], by: User, why: str = ""
) -> None:
    """Put down people who came without a booking. They take no bookable place. `why` as in mark."""
    rules.check_can_walk_in(session, family, people, by, why)
    _hold(session)
    now = timezone.now()
    _add_attendances(session, people, status=Status.WALKED_IN, marked_at=now, marked_by=by)
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
    _hold(session)
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


@transaction.atomic
def name_staff(
    *,
    session: Session,
    team: Team | None,
    staff: Iterable[User],
    by: User,
    all_at_site: bool = False,
) -> None:
    """Say which team runs a session and who else does, and so who opens its register."""
    rules.check_can_name_staff(session, by)
    if all_at_site:
        rules.check_can_name_site_team(by)
    _hold(session)
    people = {user.pk: user for user in staff}
    there = set(session.staff.values_list("practitioner", flat=True))
    session.staff.exclude(practitioner__in=people).delete()
    SessionStaff.objects.bulk_create(
        SessionStaff(session=session, practitioner=people[pk]) for pk in people.keys() - there
    )
    # The team last: whoever gives it to another may be saying so for the last time.
    Session.objects.filter(pk=session.pk).update(team=team)
    if all_at_site:
        Site.objects.filter(pk=session.site_id).update(team=team)
    record(
        "session.staff_named",
        by=by,
        subject=session,
        team_code=team.code if team else "",
        staff=sorted(str(user.ref) for user in people.values()),
        all_at_site=all_at_site,
    )


def open_register(*, session: Session, by: User, seen: set[str], why: str = "") -> None:
    """Note that `by` has read the names in this register; once for each sign-in."""
    rules.check_can_open_register(session, by)
    if session.ref in seen:
        return
    names = len(session.named_on_register())
    record("register.opened", by=by, subject=session, names=names, **_correction(why))
    seen.add(session.ref)
