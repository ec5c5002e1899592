"""Recording a death, seeing what it stopped, and taking back a mistake."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from families.access.loading import family_for, members_of, working_teams
from families.access.opening_actions import open_family
from families.models import Family
from leap.casework.life_events import actions, rules
from leap.casework.life_events.forms import ClosingReasonForm, LossForm
from leap.casework.life_events.models import Loss
from leap.casework.life_events.views.common import ask, team_of
from leap.core.accounts.models import User
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from referrals.models import Referral
from sites.models import Booking, Session


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post("loss")
def loss(request: HttpRequest, ref: str) -> HttpResponse:
    """Who has died, and when; on saving, everything about them stops."""
    user = signed_in(request)
    family = family_for(user, ref)
    rules.check_can_record(family, user)
    people = [member.person for member in members_of(family, user)]
    if request.method != "POST":
        people = [person for person in people if not person.died_on]
    form = LossForm(sent_or_draft(request), people=people, teams=working_teams(family, user))
    if request.method != "POST" or not form.is_valid():
        return ask(request, family, form, "loss")
    typed = form.cleaned_data
    recorded = perform(
        request,
        actions.record_loss,
        family=family,
        person=form.known[typed["person"]],
        on=typed["on"],
        note=typed["note"],
        team=team_of(family, user, typed["team"]),
        by=user,
    )
    return redirect("life:stopped", family.ref, str(recorded["ref"]))


def _loss(family: Family, user: User, ref: str) -> Loss:
    seen = family.losses.filter(person__in=family.members.open_to(user).values("person"))
    return get_by_ref_or_404(seen.select_related("person", "by", "team", "undone_by"), ref)


@require_GET
def loss_consequences(request: HttpRequest, ref: str, loss: str) -> HttpResponse:
    """What has stopped, and what only a person can decide."""
    user, family = signed_in(request), open_family(request, ref)
    record = _loss(family, user, loss)
    refs = [*record.stopped.get("told", []), *record.stopped.get("withdrawn", [])]
    referrals = Referral.objects.visible_to(user).filter(ref__in=refs, family=family)
    # Places that others of the family still hold: a class for the pregnancy may be among them.
    live = Booking.objects.visible_to(user).live().filter(family=family)
    to_come = live.filter(session__in=Session.objects.upcoming())
    context = {
        "family": family,
        "loss": record,
        "places": len(record.stopped.get("places", [])),
        "referrals": referrals.select_related("pathway", "from_team", "to_team"),
        "bookings": list(to_come.select_related("session__service", "session__site")),
        "may_undo": why_not(rules.check_can_undo, record, user) is None,
    }
    return render(request, "life/stopped.html", context)


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def undo(request: HttpRequest, ref: str, loss: str) -> HttpResponse:
    """Take back what was recorded for the wrong person."""
    user = signed_in(request)
    family = family_for(user, ref)
    record = _loss(family, user, loss)
    form = ClosingReasonForm(sent_or_draft(request))
    if request.method != "POST" or not form.is_valid():
        rules.check_can_undo(record, user)
        return ask(request, family, form, "undo", loss=record)
    undone = perform(request, _undo, record, form.cleaned_data["why"], user)
    messages.success(request, "Taken back. Everything that had stopped goes on.")
    for sentence in cast(list[str], undone["left"]):
        messages.warning(request, sentence)
    return redirect("families:family", family.ref)


def _undo(loss: Loss, why: str, user: User) -> dict[str, object]:
    return {"left": actions.undo_loss(loss=loss, why=why, by=user)}
