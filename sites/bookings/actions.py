"""Booking places, and giving them back."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from families.models import Family, Person
from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref
from leap.core.rls.session import bypass_rls
from sites.bookings import rules
from sites.models import Attendance, Booking, Session
from sites.sessions.locking import hold_session

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
    add_attendances(session, people, status=Status.BOOKED, booking=booking)
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


def add_attendances(session: Session, people: list[Person], **row: object) -> None:
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
    hold_session(booking.session)
    freed = booking.attendances.filter(status=Status.BOOKED).update(status=Status.CANCELLED)
    _free_places(booking.session, freed)
    _record("booking.cancelled", booking, by=by, people=freed)


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
    hold_session(row.session)
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
    hold_session(row.session)
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
