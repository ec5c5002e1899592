"""Where things happen, and what is on."""

from dataclasses import dataclass, field

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import capfirst

from families.models import Family
from leap.core.accounts.models import User
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.reference_data.models import LEAP_WARDS, NOT_KNOWN, OUTSIDE, Site
from leap.core.rls.session import bypass_rls
from leap.core.ui.pagination import page_of
from sites import rules
from sites.models import Attendance, Booking, Session
from sites.views.onwards import who_came

A_PAGE = 20
PAST = 15


def sites(request: HttpRequest) -> HttpResponse:
    """Every site, by ward, each with what is on next."""
    coming = Session.objects.upcoming().select_related("service")
    first = coming.order_by("site", "during", "pk").distinct("site")
    following = {session.site_id: session for session in first}
    by_ward: dict[str, list[tuple[Site, Session | None]]] = {
        name: [] for name in [*LEAP_WARDS.values(), *map(capfirst, (OUTSIDE, NOT_KNOWN))]
    }
    for place in Site.objects.select_related("postcode").order_by("name"):
        by_ward[_ward(place)].append((place, following.get(place.pk)))
    wards = [(name, places) for name, places in by_ward.items() if places]
    return render(request, "sites/sites.html", {"wards": wards})


def _ward(place: Site) -> str:
    return capfirst(place.postcode.ward_name if place.postcode else NOT_KNOWN)


def site(request: HttpRequest, code: str) -> HttpResponse:
    """What is on at one site; and what is over, first what nobody has marked yet."""
    place = get_object_or_404(Site.objects.select_related("postcode"), code=code)
    sessions = Session.objects.filter(site=place).select_related("service", "room")
    coming = sessions.upcoming().order_by("during", "pk")
    over = sessions.past().filter(cancelled_at=None).with_register_open()
    over = over.with_tie_of(signed_in(request))
    context = {
        "site": place,
        "ward": _ward(place),
        "page": page_of(coming, A_PAGE, request.GET.get("page")),
        "past": over.order_by(F("is_unmarked").desc(), "-during", "-pk")[:PAST],
    }
    return render(request, "sites/site.html", context)


@dataclass
class Party:
    """The people of one booking that the reader may see; or those who walked in."""

    booking: Booking | None
    attendances: list[Attendance] = field(default_factory=list)


def session(request: HttpRequest, ref: str) -> HttpResponse:
    """One session: when, where, how many places, and who of the reader's families is in it."""
    user = signed_in(request)
    session = load(ref)
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
        "may_book": why_not(rules.check_is_on, session) is None and bool(user.teams),
        "staff": [row.practitioner for row in session.staff.select_related("practitioner")],
        "may_name_staff": why_not(rules.check_can_name_staff, session, user) is None,
        "may_mark": why_not(rules.check_can_open_register, session, user) is None,
    }
    return render(request, "sites/session.html", context)


def load(ref: str) -> Session:
    """A session: everybody who signs in can see that it is on."""
    return get_object_or_404(
        Session.objects.select_related("site__postcode", "site__team", "room", "service", "team"),
        ref=ref,
    )


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
