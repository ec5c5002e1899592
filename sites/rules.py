"""Who may book, cancel and mark, and when. Raise a sentence; change nothing."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from families.access.rules import check_is_at_work, check_is_open
from families.models import Family, Person
from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.ui.formatting import short_day, when
from sites.models import MANAGER_TIE, Attendance, Booking, Correction, Session


def check_is_on(session: Session) -> None:
    """Whether it still takes place. Conflict where it was cancelled or is over."""
    if session.cancelled_at:
        raise Conflict("This session has been cancelled. Choose another.")
    if session.is_over:
        raise Conflict(f"This session ended on {when(session.ends_at)}. Choose one to come.")


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


def tie_of(session: Session, user: User) -> str:
    """What `user` is to the register of the session: "manager", "staff" or nothing."""
    return str(Session.objects.with_tie_of(user).only("pk").get(pk=session.pk).tie)  # type: ignore[attr-defined]


def check_can_open_register(session: Session, user: User) -> None:
    """A register names people: it is for whoever runs the session, while it is open to them."""
    tie = tie_of(session, user)
    if not tie:
        team = session.team or session.site.team
        who_runs_it = f"the people of {team} and its own staff" if team else "its staff"
        raise NotAllowed(f"A register names people. Only {who_runs_it} can open this one.")
    if session.cancelled_at:
        raise Conflict("This session was cancelled, so it has no register.")
    if timezone.localdate() < session.register_opens_on:
        opens_on = short_day(session.register_opens_on)
        raise Conflict(f"The register opens on the day before the session, {opens_on}.")
    if session.is_register_closed and tie != MANAGER_TIE:
        raise NotAllowed(
            f"This register closed on {short_day(session.register_closes_on)}. Ask a manager of"
            f" {session.team or session.site.team or 'your team'} to correct it."
        )


def check_can_mark(session: Session, user: User, why: str = "") -> None:
    """Whether `user` may mark it now; once it has closed, `why` is one of Correction."""
    check_can_open_register(session, user)
    if session.is_register_closed and why not in Correction.values:
        raise ValidationError({"why": "Say why you are correcting this register."})


def check_can_name_staff(session: Session, user: User) -> None:
    """Who runs a session is said by a manager of its team or site, and by admins."""
    everywhere = user.can_everywhere(Capability.NAME_SESSION_STAFF)
    if not (everywhere or tie_of(session, user) == MANAGER_TIE):
        raise NotAllowed("Who runs a session is said by its team’s managers and by admins.")


def check_can_name_site_team(user: User) -> None:
    """Which team runs everything at a site is said by admins."""
    if not user.can(Capability.NAME_SITE_TEAM):
        raise NotAllowed("Only an admin says which team runs a site.")


def check_marked_alike(otherwise: list[Attendance]) -> None:
    """Whether nobody else has marked these people in another way since the register was shown."""
    if otherwise:
        marks = "; ".join(
            f"{row.marked_by} has marked {row.person.name} “{row.get_status_display()}”"
            for row in otherwise
        )
        raise Conflict(
            f"Somebody else has marked this register while you had it before you: {marks}. Nothing "
            "of yours is saved yet. Check who came, and save again."
        )


def check_can_walk_in(
    session: Session, family: Family, people: list[Person], user: User, why: str = ""
) -> None:
    check_can_mark(session, user, why)
    check_works_with(family, user)
    check_are_of(family, people, user)
