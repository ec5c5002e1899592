"""The plan of a family: one page to read, small ones to add to it, one to print."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from families.access import restriction_rules
from families.access.loading import family_for, members_of, working_teams
from families.access.opening_actions import open_family
from families.models import Family, Member
from families.plans import actions, rules
from families.plans.display import with_progress
from families.plans.forms import ClosePlanForm, GoalForm, MeetingForm, PlanForm, ScoreForm, StepForm
from families.plans.models import Goal, Plan, PlanStep, Score
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform


@require_GET
def plan(request: HttpRequest, ref: str) -> HttpResponse:
    """The open plan, or the last one; or where to begin."""
    user, family = signed_in(request), open_family(request, ref)
    all_plans = family.plans.select_related("team", "by", "closed_by").order_by("-opened_at")
    plans = list(all_plans)
    latest = plans[0] if plans else None
    may_plan = why_not(rules.check_can_plan, family, user) is None
    context = {
        "family": family,
        "plan": latest,
        "earlier": plans[1:],
        "goals": with_progress(_goals(latest).open_to(user)) if latest else [],
        "meetings": latest.meetings.order_by("-on") if latest else [],
        "carers": [carer.person for carer in _carers(members_of(family, user))],
        "may_plan": may_plan,
        "may_add": may_plan and latest is not None and not latest.closed_at,
    }
    return render(request, "plans/plan.html", context)


def _goals(plan: Plan) -> Any:
    steps = PlanStep.objects.select_related("practitioner").order_by("by_when", "pk")
    scores = Score.objects.order_by("on")
    return plan.goals.select_related("whose").prefetch_related(
        Prefetch("steps", steps), Prefetch("scores", scores)
    )


def _carers(members: list[Member]) -> list[Member]:
    return [member for member in members if not member.is_child and not member.person.died_on]


@require_GET
def paper(request: HttpRequest, ref: str) -> HttpResponse:
    """A copy to print for one parent, or with `for` blank for anybody: nobody else's own goals,
    nothing that is kept off paper, no address."""
    user, family = signed_in(request), open_family(request, ref)
    plan = get_object_or_404(family.plans.filter(closed_at=None).select_related("team"))
    carers, wanted = _carers(members_of(family, user)), request.GET.get("for", "")
    reader = next((carer.person for carer in carers if carer.person.ref == wanted), None)
    goals = _goals(plan).open_to(user).on_paper_for(reader)
    context = {
        "family": family,
        "plan": plan,
        "reader": reader,
        "goals": with_progress(goals),
        "meetings": plan.meetings.order_by("-on"),
    }
    return render(request, "plans/paper.html", context)


def _ask(
    request: HttpRequest, family: Family, form: forms.Form, what: str, **more: object
) -> HttpResponse:
    return render(request, f"plans/{what}.html", {"family": family, "form": form, **more})


def _done(request: HttpRequest, family: Family, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("plans:plan", family.ref)


def _open_plan(family: Family) -> Plan:
    plans = family.plans.filter(closed_at=None).select_related("family", "team")
    return get_object_or_404(plans)


def _goal(request: HttpRequest, family: Family, ref: str) -> Goal:
    goals = Goal.objects.filter(plan__family=family).open_to(signed_in(request))
    return get_by_ref_or_404(goals.select_related("plan__family", "plan__team"), ref)


@require_http_methods(["GET", "POST"])
@idempotent_post("plan", opens="plans:plan")
def begin(request: HttpRequest, ref: str) -> HttpResponse:
    """The assessment that begins a plan."""
    user = signed_in(request)
    family = family_for(user, ref)
    rules.check_can_plan(family, user)
    teams = working_teams(family, user)
    form = PlanForm(sent_or_draft(request), teams=teams)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, family, form, "begin")
    chosen = form.cleaned_data
    chosen["team"] = next(team for team in teams if team.code == chosen["team"])
    perform(request, actions.open_plan, family=family, by=user, **chosen)
    return _done(request, family, "The plan has begun. Set its goals with the family.")


@require_http_methods(["GET", "POST"])
@idempotent_post("goal", opens="plans:plan")
def set_goal(request: HttpRequest, ref: str) -> HttpResponse:
    """Something to change, the family's or one person's own."""
    user = signed_in(request)
    family = family_for(user, ref)
    rules.check_can_plan(family, user)
    plan = _open_plan(family)
    people = [carer.person for carer in _carers(members_of(family, user))]
    form = GoalForm(sent_or_draft(request), people=people)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, family, form, "set_goal")
    perform(request, actions.set_goal, plan=plan, by=user, **form.chosen())
    return _done(request, family, "Goal added.")


@require_http_methods(["GET", "POST"])
@idempotent_post("score", opens="plans:plan")
def score(request: HttpRequest, ref: str, goal: str) -> HttpResponse:
    """How near the family finds a goal today."""
    user = signed_in(request)
    family = family_for(user, ref)
    rules.check_can_plan(family, user)
    plan_goal = _goal(request, family, goal)
    form = ScoreForm(sent_or_draft(request))
    if request.method != "POST" or not form.is_valid():
        return _ask(request, family, form, "score", goal=plan_goal)
    perform(request, actions.score, goal=plan_goal, by=user, **form.cleaned_data)
    return _done(request, family, "Written down.")


@require_http_methods(["GET", "POST"])
@idempotent_post("step", opens="plans:plan")
def agree_step(request: HttpRequest, ref: str, goal: str) -> HttpResponse:
    """Who does what by when."""
    user = signed_in(request)
    family = family_for(user, ref)
    rules.check_can_plan(family, user)
    plan_goal = _goal(request, family, goal)
    form = StepForm(sent_or_draft(request), practitioners=restriction_rules.who_see(family))
    if request.method != "POST" or not form.is_valid():
        return _ask(request, family, form, "agree_step", goal=plan_goal)
    perform(request, actions.agree_step, goal=plan_goal, by=user, **form.chosen())
    return _done(request, family, "Agreed.")


@require_POST
@idempotent_post(NOTHING_NEW)
def finish_step(request: HttpRequest, ref: str, step: str) -> HttpResponse:
    """It is done."""
    user = signed_in(request)
    family = family_for(user, ref)
    steps = PlanStep.objects.filter(goal__in=Goal.objects.filter(plan__family=family).open_to(user))
    plan_step = get_object_or_404(steps.select_related("goal__plan__family", "goal__plan__team"),
                              ref=step)  # fmt: skip
    perform(request, actions.finish_step, step=plan_step, by=user)
    return _done(request, family, "Done.")


@require_http_methods(["GET", "POST"])
@idempotent_post("meeting", opens="plans:plan")
def hold_meeting(request: HttpRequest, ref: str) -> HttpResponse:
    """Who met, what was agreed, and when they meet again."""
    user = signed_in(request)
    family = family_for(user, ref)
    rules.check_can_plan(family, user)
    plan = _open_plan(family)
    form = MeetingForm(sent_or_draft(request))
    if request.method != "POST" or not form.is_valid():
        return _ask(request, family, form, "hold_meeting")
    perform(request, actions.hold_meeting, plan=plan, by=user, **form.cleaned_data)
    return _done(request, family, "Recorded.")


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def close(request: HttpRequest, ref: str) -> HttpResponse:
    """End the plan, with what came of it."""
    user = signed_in(request)
    family = family_for(user, ref)
    rules.check_can_plan(family, user)
    plan = _open_plan(family)
    form = ClosePlanForm(sent_or_draft(request))
    if request.method != "POST" or not form.is_valid():
        return _ask(request, family, form, "close")
    perform(request, actions.close_plan, plan=plan, by=user, **form.cleaned_data)
    return _done(request, family, "Plan closed.")
