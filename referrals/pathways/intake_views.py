"""Which teams take referrals, what to do where one does not, and days that are set apart."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from families.access.rules import HOLD_NO_FAMILIES
from leap.core.accounts.models import Team
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from referrals import rules
from referrals.models import CalendarException
from referrals.pathways import calendar_actions, intake_actions
from referrals.pathways.capacity import capacity_of
from referrals.pathways.forms import DayForm, InsteadForm


def intake(request: HttpRequest) -> HttpResponse:
    """Every team that receives referrals: its intake, and how much it has on its hands."""
    user = signed_in(request)
    teams = capacity_of(Team.objects.exclude(discipline__in=HOLD_NO_FAMILIES))
    context = {"teams": teams, "mine": set(user.team_ids_with(Capability.MANAGE_INTAKE))}
    return render(request, "referrals/intake.html", context)


@idempotent_post(NOTHING_NEW)
def pause_intake(request: HttpRequest, code: str) -> HttpResponse:
    """Stop taking referrals, and say what senders should do instead."""
    user, team = signed_in(request), get_object_or_404(Team, code=code)
    rules.check_can_manage_intake(team, user)
    form = InsteadForm(sent_or_draft(request))
    if request.method == "POST" and form.is_valid():
        perform(request, intake_actions.pause_intake, team=team, by=user, **form.cleaned_data)
        messages.success(request, f"{team} takes no new referrals for now. Senders see why.")
        return redirect("referrals:intake")
    return render(request, "referrals/pause_intake.html", {"form": form, "team": team})


@require_POST
@idempotent_post(NOTHING_NEW)
def resume_intake(request: HttpRequest, code: str) -> HttpResponse:
    """Take referrals again."""
    user, team = signed_in(request), get_object_or_404(Team, code=code)
    perform(request, intake_actions.resume_intake, team=team, by=user)
    messages.success(request, f"{team} takes referrals again.")
    return redirect("referrals:intake")


@idempotent_post("day set apart", opens="referrals:days")
def days(request: HttpRequest) -> HttpResponse:
    """Days set apart from the calendar, which everybody reads and an admin adds to."""
    user = signed_in(request)
    form = DayForm(sent_or_draft(request))
    if request.method == "POST":
        rules.check_can_set_days_apart(user)
    if request.method == "POST" and form.is_valid():
        try:
            add = calendar_actions.add_calendar_exception
            perform(request, add, by=user, **form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, "Set apart. What falls due on or after it has moved.")
            return redirect("referrals:days")
    one_offs = CalendarException.objects.select_related("made_by").order_by("-day")
    context = {
        "form": form,
        "days": [(day, why_not(rules.check_can_forget_day, day, user) is None) for day in one_offs],
        "may": why_not(rules.check_can_set_days_apart, user) is None,
    }
    return render(request, "referrals/days.html", context)


@require_POST
@idempotent_post(NOTHING_NEW)
def forget_day(request: HttpRequest, day: str) -> HttpResponse:
    """Put a day back to what the calendar says of it."""
    user = signed_in(request)
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    one_off = get_object_or_404(CalendarException, day=when)
    perform(request, calendar_actions.remove_calendar_exception, one_off=one_off, by=user)
    messages.success(request, "Put back. What falls due after it has moved.")
    return redirect("referrals:days")
