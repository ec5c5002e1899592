"""Holding places for a family, and giving them back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from families.models import Family
from leap.core.accounts.models import User
from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from sites.bookings import actions
from sites.bookings.forms import BookForm
from sites.bookings.party_selection import choose_family, choose_people
from sites.bookings.rules import check_can_cancel
from sites.models import Attendance, Booking, Session
from sites.sessions.queries import get_session
from sites.sessions.rules import check_is_on


@idempotent_post("booking", route="{path} {family.ref}", opens="sites:session")
def book(request: HttpRequest, ref: str) -> HttpResponse:
    """Choose one of my families, then who of it comes; one place each."""
    session = get_session(ref)
    if request.method != "POST":
        check_is_on(session)
    if not request.GET.get("family"):
        return choose_family(request, session, "sites:book")
    return choose_people(request, session, BookForm, "sites/book.html", _book)


def _book(session: Session, family: Family, user: User, **chosen: Any) -> dict[str, object]:
    actions.book(session=session, family=family, by=user, **chosen)
    many = len(chosen["people"])
    return {"said": f"{many} place{'' if many == 1 else 's'} booked."}


@idempotent_post(NOTHING_NEW)
def cancel(request: HttpRequest, ref: str, booking_ref: str) -> HttpResponse:
    """Give a booking's places back."""
    user = signed_in(request)
    seen = Booking.objects.visible_to(user).select_related("family", "session__service")
    booking = get_by_ref_or_404(seen.filter(session__ref=ref), booking_ref)
    if request.method != "POST":
        check_can_cancel(booking, user)
        people = booking.attendances.visible_to(user).filter(status=Attendance.Status.BOOKED)
        context = {"booking": booking, "people": people.select_related("person")}
        return render(request, "sites/cancel.html", context)
    perform(request, actions.cancel, booking=booking, by=user)
    messages.success(request, "Booking cancelled. The places are free again.")
    return redirect(booking.session)
