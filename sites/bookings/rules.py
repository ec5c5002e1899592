"""Who may book and cancel, and when. Raise a sentence; change nothing."""

from families.access.rules import check_is_at_work, check_is_open
from families.models import Family, Person
from leap.core.accounts.models import User
from leap.core.exceptions import Conflict, NotAllowed
from sites.models import Attendance, Booking, Session
from sites.sessions.rules import check_is_on


def check_works_with(family: Family, user: User) -> None:
    """Whether one of this practitioner's teams works with the family, and its record is open."""
    check_is_at_work(family, user)
    check_is_open(family)


def check_are_of(family: Family, people: list[Person], user: User) -> None:
    """Whether these people, at least one, live in the family now, and are open to `user`."""
    if not people:
        raise NotAllowed("Say who is coming.")
    current = family.members.current().open_to(user).filter(person__in=people, person__died_on=None)
    if set(current.values_list("person", flat=True)) != {person.pk for person in people}:
        raise NotAllowed("Places are for people who belong to this family now.")


def check_can_book(session: Session, family: Family, people: list[Person], user: User) -> None:
    check_works_with(family, user)
    check_is_on(session)
    check_are_of(family, people, user)


def why_no_place(session: Session, places: int) -> str:
    """Why a booking for so many could not be made, as the session stands now."""
    check_is_on(session)
    if not session.places_left:
        return "This session is full."
    left = "1 place is" if session.places_left == 1 else f"{session.places_left} places are"
    return f"Only {left} left in this session, and you asked for {places}."


def check_not_booked(attendances: list[Attendance]) -> None:
    """Whether none of these people holds a place, or has come, already."""
    here = [a.person.name for a in attendances if a.status != Attendance.Status.CANCELLED]
    if here:
        names = " and ".join(sorted(here))
        raise Conflict(f"{names} {'is' if len(here) == 1 else 'are'} already in this session.")


def check_can_cancel(booking: Booking, user: User) -> None:
    check_is_at_work(booking.family, user)
    if booking.cancelled_at:
        raise Conflict("This booking has been cancelled already.")
    if booking.session.is_over:
        raise Conflict("This session is over. The register says who came.")
