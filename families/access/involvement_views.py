"""The team around the family: who works with it, brought in, ended, and until when."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from families.access import involvement_actions, rules
from families.access.involvement_dates import last_day
from families.access.involvement_forms import AddTeamForm, EndForm, LastDay
from families.access.loading import family_for
from families.access.opening_actions import open_family
from families.models import Family
from leap.core.accounts.models import Team
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform


@require_GET
def involvement(request: HttpRequest, ref: str) -> HttpResponse:
    """Every spell of work with the family, running and over, each with its reason and dates."""
    user = signed_in(request)
    family = open_family(request, ref)
    spells = list(
        family.involvements.select_related(
            "team__agency", "practitioner", "by", "ended_by"
        ).order_by("-started_at")
    )
    live = set(family.involvements.live().values_list("pk", flat=True))
    for spell in spells:
        # For the page: the last day, and whether its reader can end it or change when it ends.
        spell.last_day = last_day(spell.ended_at)  # type: ignore[attr-defined]
        if spell.team:
            ends = why_not(rules.check_can_end, family, spell.team, user)
            changes = why_not(rules.check_can_change_end, family, spell.team, None, user)
            spell.may_end, spell.may_change = not ends, not changes  # type: ignore[attr-defined]
    context = {
        "family": family,
        "running": [spell for spell in spells if spell.pk in live],
        "over": [spell for spell in spells if spell.pk not in live],
        "may_add": rules.leads(family, user) and not family.closed_at,
    }
    return render(request, "families/involvement.html", context)


@require_http_methods(["GET", "POST"])
@idempotent_post("involvement", opens="families:involvement")
def add_team(request: HttpRequest, ref: str) -> HttpResponse:
    """Bring a team into the team around the family."""
    user, family = signed_in(request), family_for(signed_in(request), ref)
    rules.check_can_lead(family, user)
    working = family.involvements.live().exclude(team=None).values("team")
    teams = Team.objects.exclude(discipline__in=rules.HOLD_NO_FAMILIES).exclude(pk__in=working)
    form = AddTeamForm(sent_or_draft(request), teams=teams.order_by("name"))
    if request.method != "POST" or not form.is_valid():
        return _show(request, "families/add_team.html", family, form)
    perform(request, involvement_actions.add_team, family=family, by=user, **form.cleaned_data)
    messages.success(request, f"{form.cleaned_data['team']} works with this family now.")
    return redirect("families:involvement", family.ref)


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def end_involvement(request: HttpRequest, ref: str, team: str) -> HttpResponse:
    """End a team's work with the family, with why."""
    user, family = signed_in(request), family_for(signed_in(request), ref)
    working = _team_at_work(family, team)
    rules.check_can_end(family, working, user)
    form = EndForm(sent_or_draft(request))
    if request.method != "POST" or not form.is_valid():
        return _show(request, "families/end_involvement.html", family, form, team=working)
    why = form.cleaned_data["why"]
    end = involvement_actions.end_involvement
    perform(request, end, family=family, team=working, by=user, why=why)
    messages.success(request, f"{working} no longer works with family {family.ref}.")
    if not Family.objects.visible_to(user).filter(pk=family.pk).exists():
        return redirect("my_work")
    return redirect("families:involvement", family.ref)


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def change_end(request: HttpRequest, ref: str, team: str) -> HttpResponse:
    """Let a team stay longer, or less long."""
    user, family = signed_in(request), family_for(signed_in(request), ref)
    working = _team_at_work(family, team)
    rules.check_can_change_end(family, working, None, user)
    spell = family.involvements.live().filter(team=working).first()
    now = {"last_day": last_day(spell.ended_at) if spell else None}
    form = LastDay(sent_or_draft(request), initial=now)
    if request.method != "POST" or not form.is_valid():
        return _show(request, "families/change_end.html", family, form, team=working)
    day, change = form.cleaned_data["last_day"], involvement_actions.change_end
    perform(request, change, family=family, team=working, last_day=day, by=user)
    messages.success(request, "Saved.")
    return redirect("families:involvement", family.ref)


def _team_at_work(family: Family, code: str) -> Team:
    team = Team.objects.filter(code=code, pk__in=family.involvements.live().values("team")).first()
    if team is None:
        raise Http404
    return team


def _show(
    request: HttpRequest, template: str, family: Family, form: object, **more: object
) -> HttpResponse:
    return render(request, template, {"family": family, "form": form, **more})
