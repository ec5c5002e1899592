"""One session: when, where, how many places, and who of the reader's families is in it."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from families.models import Family
from leap.core.accounts.models import User
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.rls.session import bypass_rls
from sites.models import Attendance, Booking
from sites.registers.families_who_came import who_came
from sites.registers.rules import check_can_open_register
from sites.sessions.queries import get_session
from sites.sessions.rules import check_can_change, check_can_name_staff, check_is_on


@dataclass
class Party:
    """The people of one booking that the reader may see; or those who walked in."""

    booking: Booking | None
    attendances: list[Attendance] = field(default_factory=list)


def session(request: HttpRequest, ref: str) -> HttpResponse:
    """One session: when, where, how many places, and who of the reader's families is in it."""
    user = signed_in(request)
    session = get_session(ref)
    there = session.attendances.exclude(status=Attendance.Status.CANCELLED)
    mine = there.visible_to(user).select_related("person", "booking__family").order_by("pk")
    parties = _parties(list(mine), user)
    visible = sum(len(party.attendances) for party in parties)
    with bypass_rls("how many others there are, and not who"):
        others = there.count() - visible
    context = {
        "session": session,
        "parties": parties,
        "others": others,
        "came": who_came(
            session, [attendance for party in parties for attendance in party.attendances], user
        ),
        "may_book": why_not(check_is_on, session) is None and bool(user.teams),
        "staff": [row.practitioner for row in session.staff.select_related("practitioner")],
        "may_name_staff": why_not(check_can_name_staff, session, user) is None,
        "may_change": why_not(check_can_change, session, user) is None,
        "may_mark": why_not(check_can_open_register, session, user) is None,
    }
    return render(request, "sites/session.html", context)


def _parties(attendances: list[Attendance], user: User) -> list[Party]:
    """By booking. The family of a booking is named to those who can see that family only."""
    families = [attendance.booking.family_id for attendance in attendances if attendance.booking]
    visible = set(
        Family.objects.visible_to(user).filter(pk__in=families).values_list("pk", flat=True)
    )
    parties: dict[int | None, Party] = {}
    for attendance in attendances:
        booking = (
            attendance.booking
            if attendance.booking and attendance.booking.family_id in visible
            else None
        )
        parties.setdefault(booking.pk if booking else None, Party(booking)).attendances.append(
            attendance
        )
    return list(parties.values())
