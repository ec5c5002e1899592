"""Two steps that booking and walking in share: which family, and who of it."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from families.access.access_log_actions import note_search
from families.models import Family
from families.people import search
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.drafts import name_of, sent_or_draft
from leap.core.outbox.idempotency import perform
from sites.bookings.forms import PeopleForm
from sites.models import Attendance, Session

AT_MOST = 10


def choose_family(request: HttpRequest, session: Session, name: str) -> HttpResponse:
    """Which family? Found as everywhere; without a question, those seen latest."""
    user, typed = signed_in(request), request.GET.get("q", "").strip()
    if typed:
        families = search.search(search.read(typed), user=user)
        note_search(by=user, count=len(families))
    else:
        mine = Family.objects.visible_to(user).open().filter(lead_practitioner=user)
        families = list(mine.order_by(F("last_contact_at").desc(nulls_last=True), "ref")[:AT_MOST])
    context = {
        "session": session,
        "q": typed,
        "families": families[:AT_MOST],
        "onwards": reverse(name, args=[session.ref]),
        "walk_in": name == "sites:walk_in",
    }
    return render(request, "sites/choose.html", context)


def choose_people(
    request: HttpRequest,
    session: Session,
    form_class: type[PeopleForm],
    template: str,
    act: Callable[..., dict[str, object]],
) -> HttpResponse:
    """Tick members of the family in the address, and do it with them, once."""
    user = signed_in(request)
    family_ref = request.GET["family"].strip().upper()
    family = get_by_ref_or_404(Family.objects.visible_to(user), family_ref)
    seen = family.members.open_to(user)
    there = session.attendances.filter(person__in=seen.values("person"))
    here = list(there.exclude(status=Attendance.Status.CANCELLED).select_related("person"))
    # Everyone who belongs to the family, children first.
    members = seen.current().filter(person__died_on=None).select_related("person")
    everyone = sorted(members.order_by("pk"), key=lambda member: not member.is_child)
    taken = {attendance.person_id for attendance in here}
    free = [member for member in everyone if member.person_id not in taken]
    sent = sent_or_draft(request, form=name_of(request, family.ref))
    # Sent a second time, a form names people who are here already: it must be read all the same.
    form = form_class(everyone if request.method == "POST" else free, sent)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.cleaned_data
            done = perform(request, act, session=session, family=family, user=user, **chosen)
            messages.success(request, str(done["said"]))
            return redirect(session)
        except (Conflict, NotAllowed) as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "session": session, "family": family, "free": free, "here": here}
    return render(request, template, context, status=409 if form.non_field_errors() else 200)
