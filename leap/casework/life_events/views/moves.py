"""A move out of the area, and who there has said that they lead."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from families.access.loading import family_for, working_teams
from families.models import Family
from leap.casework.life_events import actions, rules
from leap.casework.life_events.forms import AcknowledgeForm, ClosingReasonForm, MoveOutForm
from leap.casework.life_events.models import MoveOut
from leap.casework.life_events.views.common import ask, team_of
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform


@require_http_methods(["GET", "POST"])
@idempotent_post("move", opens="life:changes")
def move_out(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask a service outside the area to take the family on."""
    user = signed_in(request)
    family = family_for(user, ref)
    rules.check_can_end(family, user)
    form = MoveOutForm(sent_or_draft(request), teams=working_teams(family, user))
    if request.method != "POST" or not form.is_valid():
        return ask(request, family, form, "move_out")
    typed = form.cleaned_data
    chosen = {**typed, "team": team_of(family, user, typed["team"])}
    perform(request, actions.announce_move, family=family, by=user, **chosen)
    messages.success(request, f"Written down. You lead until {typed['organisation']} says it does.")
    return redirect("life:changes", family.ref)


def _waiting(family: Family) -> MoveOut:
    """The family's move that waits, or the last, so that a second sender is told."""
    latest = family.moves_out.order_by("ended_at").select_related("family", "team")
    waiting = latest.filter(ended_at=None).first()
    return waiting or get_object_or_404(latest.order_by("-ended_at")[:1])


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def acknowledge(request: HttpRequest, ref: str) -> HttpResponse:
    """Who outside has said that they lead from now on; the record closes with that."""
    user = signed_in(request)
    family = family_for(user, ref)
    move = _waiting(family)
    form = AcknowledgeForm(sent_or_draft(request))
    if request.method != "POST" or not form.is_valid():
        rules.check_can_end(family, user)
        rules.check_waits(move)
        return ask(request, family, form, "acknowledge", move=move)
    perform(request, actions.acknowledge_move, move=move, by=user, **form.cleaned_data)
    messages.success(request, f"{move.organisation} leads now, and this record is closed.")
    return redirect("families:family", family.ref)


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def call_off(request: HttpRequest, ref: str) -> HttpResponse:
    """The family does not move after all, or is not taken on."""
    user = signed_in(request)
    family = family_for(user, ref)
    move = _waiting(family)
    form = ClosingReasonForm(sent_or_draft(request))
    if request.method != "POST" or not form.is_valid():
        rules.check_can_end(family, user)
        rules.check_waits(move)
        return ask(request, family, form, "call_off", move=move)
    perform(request, actions.call_off_move, move=move, why=form.cleaned_data["why"], by=user)
    messages.success(request, "Called off. You lead as before.")
    return redirect("life:changes", family.ref)
