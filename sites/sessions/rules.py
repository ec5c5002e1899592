"""Who creates, changes and cancels sessions and says who runs them. Raise a sentence; change
nothing."""

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from leap.core.accounts.models import Team, User
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.reference_data.models import Site
from leap.core.ui.formatting import clock, short_day, when
from sites.inputs import SessionDetails
from sites.models import MANAGER_TIE, Attendance, Room, Session


def check_is_on(session: Session) -> None:
    """Whether it still takes place. Conflict where it was cancelled or is over."""
    if session.cancelled_at:
        raise Conflict("This session has been cancelled. Choose another.")
    if session.is_over:
        raise Conflict(f"This session ended on {when(session.ends_at)}. Choose one to come.")


def tie_of(session: Session, user: User) -> str:
    """What `user` is to the register of the session: "manager", "staff" or nothing."""
    return str(Session.objects.with_tie_of(user).only("pk").get(pk=session.pk).tie)  # type: ignore[attr-defined]


def check_can_name_staff(session: Session, user: User) -> None:
    """Who runs a session is said by a manager of its team or site, and by admins."""
    everywhere = user.can_everywhere(Capability.NAME_SESSION_STAFF)
    if not (everywhere or tie_of(session, user) == MANAGER_TIE):
        raise NotAllowed("Who runs a session is said by its team’s managers and by admins.")


def check_can_name_site_team(user: User) -> None:
    """Which team runs everything at a site is said by admins."""
    if not user.can(Capability.NAME_SITE_TEAM):
        raise NotAllowed("Only an admin says which team runs a site.")


def check_plans_sessions(user: User) -> None:
    """Whether they create sessions anywhere at all."""
    if not user.can(Capability.PLAN_SESSIONS):
        raise NotAllowed("Sessions are created by managers and by admins.")


def check_can_create(site: Site, team: Team | None, user: User) -> None:
    """Sessions are created by managers of the team that will run them or of the site's, and by
    admins."""
    teams = [one for one in (team, site.team) if one]
    everywhere = user.can_everywhere(Capability.PLAN_SESSIONS)
    if not (everywhere or any(user.can_in(one, Capability.PLAN_SESSIONS) for one in teams)):
        raise NotAllowed(
            "Sessions are created by managers of the team that runs them or of the site’s team,"
            " and by admins."
        )


def check_can_change(session: Session, user: User) -> None:
    """While it is to come; by a manager of its team or site, or an admin."""
    everywhere = user.can_everywhere(Capability.PLAN_SESSIONS)
    if not (everywhere or tie_of(session, user) == MANAGER_TIE):
        raise NotAllowed("A session is changed by its team’s managers and by admins.")
    check_is_on(session)


def check_is_as_shown(session: Session, as_shown: str) -> None:
    """Whether nobody has changed it since it was shown, where that is said: see Session.state."""
    if as_shown and as_shown != session.state:
        raise Conflict(
            "Somebody else has changed this session while you had it before you. Nothing of yours"
            f" is saved yet. It is now on {when(session.starts_at)}, in"
            f" {session.room or 'no room of its own'}, for {session.capacity}. Look at it again."
        )


def check_details(details: SessionDetails, site: Site) -> None:
    """Whether such a session can be at that site at all."""
    wrong = {}
    if details.room and details.room.site_id != site.pk:
        wrong["room"] = f"That room is not at {site}. Choose one of its rooms."
    if details.during.upper <= timezone.now():
        wrong["on"] = "That time is over. Choose one to come."
    if wrong:
        raise ValidationError(wrong)


def check_room_is_free(
    room: Room | None, during: DateTimeTZRange, but: Session | None = None
) -> None:
    """Whether nothing else is on in that room then. The database refuses it in any case."""
    there = Session.objects.filter(room=room, during__overlap=during, cancelled_at=None)
    if but:
        there = there.exclude(pk=but.pk)
    clash = there.select_related("service").first() if room else None
    if clash:
        raise Conflict(
            f"{room} is taken: {clash.service} is there on {short_day(clash.starts_at)}, "
            f"{clock(clash.starts_at)} to {clock(clash.ends_at)}. Choose another room or time."
        )


def check_nobody_came(session: Session) -> None:
    """Whether nobody is marked as having been there: then it has taken place."""
    if session.attendances.filter(status__in=Attendance.CAME).exists():
        raise Conflict("Somebody is marked as having come, so it has taken place.")


def check_has_room_for_all(session: Session, capacity: int) -> None:
    """Whether everybody who holds a place keeps it. It says by how many they are too many, and
    which bookings were made last."""
    over = session.places_taken - capacity
    if over <= 0:
        return
    latest, places = [], 0
    for booking in session.bookings.live().order_by("-made_at", "-pk"):
        latest.append(booking.ref)
        places += booking.attendances.holding_a_place().count()
        if places >= over:
            break
    named = f" Made last: {', '.join(latest)}." if latest else ""
    raise Conflict(
        f"{session.places_taken} places are taken, {over} more than {capacity}.{named}"
        " Nothing was changed. Cancel some of them first, or allow for more."
    )
