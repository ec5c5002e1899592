"""Creating, changing and cancelling sessions, and saying who runs them."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from families.access.notifications import notify_about
from families.access.recipients import responsible_recipients
from families.models import Family
from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref
from leap.core.notifications.types import NotificationType
from leap.core.reference_data.models import Site
from leap.core.rls.session import bypass_rls
from leap.core.ui.formatting import clock, day
from sites.inputs import SessionDetails
from sites.models import Attendance, Booking, Session, SessionStaff
from sites.sessions import rules
from sites.sessions.locking import hold_session

ROOM_ONCE = "session_room_not_double_booked"  # the constraint that no room is given twice


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
    hold_session(session)
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


@transaction.atomic
def create_session(*, site: Site, details: SessionDetails, by: User) -> Session:
    """Put a session on. Raises Conflict where something else is on in its room then."""
    rules.check_can_create(site, details.team, by)
    rules.check_details(details, site)
    rules.check_room_is_free(details.room, details.during)
    session = Session(ref=new_ref("SN", 8), site=site)
    _write(session, details)
    record("session.created", by=by, subject=session, site=site.code)
    return session


def _write(session: Session, details: SessionDetails) -> None:
    """The database has the last word on whether the room is free."""
    for name in ("service", "room", "during", "capacity", "team"):
        setattr(session, name, getattr(details, name))
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:
        if ROOM_ONCE not in str(error):
            raise
        raise Conflict("That room has just been taken. Choose another room or time.") from None
    session.refresh_from_db()


@transaction.atomic
def change_session(
    *, session: Session, details: SessionDetails, by: User, as_shown: str = ""
) -> None:
    """Change what it is. Whoever has places keeps them, and whoever booked them is told of a new
    time or place.

    Raises Conflict, and changes nothing, where its room is taken, where more places are held than
    there would be, and where it is not as it was shown to `by` any more.
    """
    hold_session(session)
    session.refresh_from_db()
    rules.check_can_change(session, by)
    rules.check_is_as_shown(session, as_shown)
    if details.team != session.team:
        rules.check_can_create(session.site, details.team, by)
    rules.check_details(details, session.site)
    rules.check_room_is_free(details.room, details.during, but=session)
    with bypass_rls("everybody with a place counts, whichever family they are of"):
        rules.check_has_room_for_all(session, details.capacity)
    before = _when_and_where(session)
    was = {name: str(getattr(session, name) or "") for name in ("service", "room", "capacity")}
    _write(session, details)
    after = _when_and_where(session)
    if after != before:
        _tell_who_booked(session, f"{before} is now {after}.", by)
    record("session.changed", by=by, subject=session, was={**was, "when": before})


@transaction.atomic
def cancel_session(*, session: Session, why: str, by: User) -> None:
    """It does not take place. Every place in it is given back, and whoever booked is told, so that
    the families hear of it."""
    hold_session(session)
    session.refresh_from_db()
    rules.check_can_change(session, by)
    now = timezone.now()
    _tell_who_booked(session, f"{_when_and_where(session)} is cancelled.", by)
    with bypass_rls("places are given back in whichever family they were booked"):
        rules.check_nobody_came(session)
        bookings = list(Booking.objects.live().filter(session=session).select_related("family"))
        held = Attendance.objects.filter(session=session, status=Attendance.Status.BOOKED)
        freed = held.update(status=Attendance.Status.CANCELLED)
        Booking.objects.filter(pk__in=[booking.pk for booking in bookings]).update(cancelled_at=now)
    Session.objects.filter(pk=session.pk).update(
        cancelled_at=now, cancelled_why=why, places_taken=F("places_taken") - freed
    )
    for booking in bookings:
        record(
            "booking.cancelled",
            by=by,
            family_ref=booking.family.ref,
            subject=booking,
            session=session.ref,
        )
    record("session.cancelled", by=by, subject=session, why=why, bookings=len(bookings))


def _when_and_where(session: Session) -> str:
    """Without its service, whose name may say what somebody lives with."""
    return f"{day(session.starts_at)}, {clock(session.starts_at)}, at {session.site}"


def _tell_who_booked(session: Session, sentence: str, by: User) -> None:
    """Whoever answers for the family, and whoever made the booking while they still see it."""
    message = f"A session that this family has places in has changed: {sentence}"
    with bypass_rls("those who booked are told, whichever family it was for"):
        bookings = Booking.objects.live().filter(session=session)
        for booking in bookings.select_related("family__lead_practitioner", "made_by"):
            family, booker = booking.family, booking.made_by
            people = responsible_recipients(family)
            if booker and Family.objects.visible_to(booker).filter(pk=family.pk).exists():
                people.append(booker)
            told = {one for one in people if one != by}
            notify_about(family, told, NotificationType.SESSION, message)
