"""Who may open and mark a register, and when. Raise a sentence; change nothing."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from families.models import Family, Person
from leap.core.accounts.models import User
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.ui.formatting import short_day
from sites.bookings.rules import check_are_of, check_works_with
from sites.models import MANAGER_TIE, Attendance, Correction, Session
from sites.sessions.rules import tie_of


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
