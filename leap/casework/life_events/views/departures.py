"""Somebody leaves, the work ends, or begins again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from families.access.loading import family_for, members_of, working_teams
from leap.casework.life_events import actions, rules
from leap.casework.life_events.forms import CloseRecordForm, LeaveForm, ReopenForm
from leap.casework.life_events.views.common import ask, team_of
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def leave(request: HttpRequest, ref: str) -> HttpResponse:
    """Who leaves the home, where to, and whether they still belong to the family."""
    user = signed_in(request)
    family = family_for(user, ref)
    rules.check_can_record(family, user)
    form = LeaveForm(sent_or_draft(request), members=members_of(family, user))
    if request.method != "POST" or not form.is_valid():
        return ask(request, family, form, "leave")
    chosen = form.chosen()
    perform(request, actions.leave_home, family=family, by=user, **chosen)
    messages.success(request, f"Recorded where {chosen['person'].name} lives now.")
    return redirect("families:family", family.ref)


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def close(request: HttpRequest, ref: str) -> HttpResponse:
    """End the work with the family, with what came of it."""
    user = signed_in(request)
    family = family_for(user, ref)
    form = CloseRecordForm(sent_or_draft(request))
    if request.method != "POST" or not form.is_valid():
        rules.check_can_close(family, user)
        return ask(request, family, form, "close")
    outcome = form.cleaned_data["outcome"]
    perform(request, actions.close_family, family=family, outcome=outcome, by=user)
    messages.success(request, "This record is closed. It can be opened again at any time.")
    return redirect("families:family", family.ref)


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def reopen(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a closed family on again."""
    user = signed_in(request)
    family = family_for(user, ref)
    form = ReopenForm(sent_or_draft(request), teams=working_teams(family, user))
    if request.method != "POST" or not form.is_valid():
        rules.check_can_reopen(family, user)
        return ask(request, family, form, "reopen")
    team, why = team_of(family, user, form.cleaned_data["team"]), form.cleaned_data["why"]
    perform(request, actions.reopen_family, family=family, team=team, why=why, by=user)
    messages.success(request, "This record is open again, and you lead.")
    return redirect("families:family", family.ref)
