"""What to know at the door, and next steps that are done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from families.access import rules
from families.access.loading import family_for, working_teams
from families.contacts import alert_actions
from families.contacts.alert_forms import AlertForm
from families.models import FollowUp, SafetyAlert
from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post("alert", opens="families:before")
def add_alert(request: HttpRequest, ref: str) -> HttpResponse:
    """Tell colleagues what to know before they knock."""
    user = signed_in(request)
    family = family_for(user, ref)
    rules.check_is_open(family)
    teams = working_teams(family, user)
    if not teams:
        rules.check_is_at_work(family, user)
    form = AlertForm(sent_or_draft(request), teams=teams)
    if request.method != "POST" or not form.is_valid():
        return render(request, "families/add_alert.html", {"family": family, "form": form})
    typed = form.cleaned_data
    team = next(team for team in teams if team.code == typed.pop("team"))
    perform(request, alert_actions.add_alert, family=family, team=team, by=user, **typed)
    messages.success(request, "Everybody who works with this family sees it from now on.")
    return redirect("families:before", family.ref)


@require_POST
@idempotent_post(NOTHING_NEW)
def end_alert(request: HttpRequest, ref: str, alert: str) -> HttpResponse:
    """It does not hold any more."""
    user = signed_in(request)
    alerts = SafetyAlert.objects.filter(family=family_for(user, ref)).select_related("family")
    safety_alert = get_by_ref_or_404(alerts, alert)
    perform(request, alert_actions.end_alert, alert=safety_alert, by=user)
    messages.success(request, "Taken off.")
    return redirect("families:before", safety_alert.family.ref)


@require_POST
@idempotent_post(NOTHING_NEW)
def finish_follow_up(request: HttpRequest, ref: str, follow_up: str) -> HttpResponse:
    """A next step is done."""
    user = signed_in(request)
    family = family_for(user, ref)
    steps = FollowUp.objects.visible_to(user).filter(family=family)
    step = get_by_ref_or_404(steps.select_related("family", "team"), follow_up)
    perform(request, alert_actions.finish_follow_up, follow_up=step, by=user)
    messages.success(request, "Done. It is off the list.")
    # To the list that the step was ticked off on.
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return redirect(wanted)
    return redirect("families:before", family.ref)
