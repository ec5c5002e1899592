"""How the pathways do: the referrals of one's own teams for managers, the whole programme in
numbers for whoever runs it."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from leap.core.accounts.permissions import Capability
from leap.core.exceptions import NotAllowed
from leap.core.http import signed_in
from leap.core.ui.pagination import page_of
from outcomes.figures import pathways as programme
from referrals.models import Pathway, Referral
from referrals.models.referrals import ReferralQuerySet
from referrals.pathways.stage_times import STAGES, by_stage, slowest_at
from referrals.pathways.turnaround import (
    PERIODS,
    by_pathway,
    by_team,
    charted_turnarounds,
    sent_since,
    with_answer_times,
)
from referrals.queue import queue as queues
from referrals.transitions.forms import PaceForm

A_PAGE = 20
BESIDE = ("pathway", "from_team", "to_team", "allocated_to")


def pathways(request: HttpRequest) -> HttpResponse:
    """How many, how fast and where they wait, pathway by pathway."""
    context = _asked(request)
    if context["programme"]:
        context["paces"] = programme.by_pathway(context["days"])
    else:
        context["paces"] = by_pathway(_mine(request, context["days"]))
    context["chart"] = charted_turnarounds(context["paces"])
    context["others"] = Pathway.objects.order_by("name")
    return render(request, "referrals/pathways.html", context)


def pathway(request: HttpRequest, code: str) -> HttpResponse:
    """One pathway: each receiving team on it, and the referrals themselves, the slowest first."""
    way, context = get_object_or_404(Pathway, code=code), _asked(request)
    if context["programme"]:
        context["paces"] = programme.by_team(way, context["days"])
    else:
        referrals = _mine(request, context["days"]).filter(pathway=way)
        stage = request.GET.get("stage", "")
        slowest = (
            slowest_at(stage, referrals)
            if stage in STAGES
            else with_answer_times(referrals).order_by(
                F("took").desc(nulls_first=True), "sent_at", "pk"
            )
        )
        page = page_of(slowest.select_related(*BESIDE), A_PAGE, request.GET.get("page"))
        context |= {
            "paces": by_team(referrals),
            "stages": by_stage(referrals),
            "stage": STAGES[stage][0] if stage in STAGES else "",
            "page": page,
            "rows": queues.rows(list(page.object_list), signed_in(request), timezone.localdate()),
        }
    context |= {"pathway": way, "chart": charted_turnarounds(context["paces"])}
    return render(request, "referrals/pathway.html", context)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Over which time, and whether the reader runs the programme and no team."""
    user, form = signed_in(request), PaceForm(request.GET)
    if not user.can(Capability.SEE_PATHWAYS):
        raise NotAllowed("How the pathways do is for those who manage a team.")
    context = {"form": form, "days": form.chosen, "period": PERIODS[form.chosen]}
    return {**context, "programme": not user.team_ids_with(Capability.SEE_PATHWAYS)}


def _mine(request: HttpRequest, days: int) -> ReferralQuerySet:
    """What the teams that the reader manages sent or were sent, of families the reader may see."""
    user = signed_in(request)
    return sent_since(
        Referral.objects.of_teams(user.team_ids_with(Capability.SEE_PATHWAYS)).open_to(user), days
    )
