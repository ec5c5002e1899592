"""Creating, changing and cancelling a session, and saying who runs it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from leap.core.exceptions import Conflict, why_not
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from leap.core.reference_data.models import Site
from sites.sessions import actions, rules
from sites.sessions.forms import CancelSessionForm, SessionForm, StaffForm
from sites.sessions.queries import get_session


@idempotent_post("session", opens="sites:sites")
def create_session(request: HttpRequest, code: str) -> HttpResponse:
    """A new session at a site."""
    user = signed_in(request)
    site = get_object_or_404(Site.objects.select_related("team"), code=code)
    rules.check_plans_sessions(user)
    form = SessionForm(site, user, sent_or_draft(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = perform(
                request, actions.create_session, site=site, details=form.details, by=user
            )
            messages.success(request, "Session created.")
            return redirect("sites:session", made["ref"])
        except (Conflict, ValidationError) as refusal:
            status = _say_why(form, refusal)
    context = {"site": site, "form": form}
    return render(request, "sites/create_session.html", context, status=status)


def _say_why(form: SessionForm, refusal: Conflict | ValidationError) -> int:
    """Put it on the form; the status that goes with it."""
    form.add_error(None, refusal if isinstance(refusal, ValidationError) else str(refusal))
    return 409 if isinstance(refusal, Conflict) else 200


@idempotent_post(NOTHING_NEW)
def change_session(request: HttpRequest, ref: str) -> HttpResponse:
    """Another time, room, number of places or team."""
    user, session = signed_in(request), get_session(ref)
    rules.check_can_change(session, user)
    form = SessionForm(session.site, user, sent_or_draft(request), session=session)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            perform(
                request,
                actions.change_session,
                session=session,
                details=form.details,
                by=user,
                as_shown=form.cleaned_data["as_shown"],
            )
            messages.success(request, "Session changed.")
            return redirect(session)
        except (Conflict, ValidationError) as refusal:
            status = _say_why(form, refusal)
    context = {"session": session, "form": form}
    return render(request, "sites/change_session.html", context, status=status)


@idempotent_post(NOTHING_NEW)
def cancel_session(request: HttpRequest, ref: str) -> HttpResponse:
    """It does not take place: say why."""
    user, session = signed_in(request), get_session(ref)
    rules.check_can_change(session, user)
    form = CancelSessionForm(sent_or_draft(request))
    if request.method == "POST" and form.is_valid():
        perform(request, actions.cancel_session, session=session, by=user, **form.cleaned_data)
        messages.success(request, "Session cancelled. Whoever booked places has been told.")
        return redirect(session)
    return render(request, "sites/cancel_session.html", {"session": session, "form": form})


@idempotent_post(NOTHING_NEW)
def staff(request: HttpRequest, ref: str) -> HttpResponse:
    """Say which team runs it, and who else."""
    user, session = signed_in(request), get_session(ref)
    rules.check_can_name_staff(session, user)
    for_site = why_not(rules.check_can_name_site_team, user) is None
    form = StaffForm(session, sent_or_draft(request), for_site=for_site)
    if request.method == "POST" and form.is_valid():
        perform(request, actions.name_staff, session=session, by=user, **form.cleaned_data)
        messages.success(request, "Saved who runs this session.")
        return redirect(session)
    return render(request, "sites/staff.html", {"session": session, "form": form})
