"""How the pathways do: for managers of the teams on either side."""

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from leap import parse
from leap.errors import NotAllowed
from leap.http import signed_in
from leap.paging import page_of
from leap.safekeeping.drafts import sent_or_draft
from leap.safekeeping.once import NOTHING_NEW, do_once
from referrals import actions, rules
from referrals import queue as queues
from referrals.forms import PaceForm
from referrals.models import Pathway, Referral
from referrals.pace import PERIODS, by_pathway, by_team, charted, sent_since, timed
from referrals.pathway_forms import ChangePathwayForm
from referrals.stages import STAGES, by_stage, slowest_at

A_PAGE = 20


def _mine(request: HttpRequest, form: PaceForm) -> QuerySet[Referral]:
    """What the teams that the reader manages sent or were sent, in the period."""
    user = signed_in(request)
    if not (user.managed_team_ids or user.is_admin):
        raise NotAllowed("How the pathways do is for those who manage a team.")
    return sent_since(Referral.objects.of_teams(user.managed_team_ids), form.chosen)


def pathways(request: HttpRequest) -> HttpResponse:
    """How many, how fast and where they wait, pathway by pathway."""
    form = PaceForm(request.GET)
    paces = by_pathway(_mine(request, form))
    said = {"form": form, "paces": paces, "period": PERIODS[form.chosen], "days": form.chosen}
    said["chart"] = charted(paces)
    said["others"] = Pathway.objects.order_by("name")
    return render(request, "referrals/pathways.html", said)


def pathway(request: HttpRequest, code: str) -> HttpResponse:
    """One pathway: each receiving team on it, and the referrals themselves, the slowest first."""
    form, way = PaceForm(request.GET), get_object_or_404(Pathway, code=code)
    found = _mine(request, form).filter(pathway=way)
    stage = request.GET.get("stage", "")
    slowest = slowest_at(stage, found) if stage in STAGES else _unanswered_first(found)
    beside = ("pathway", "from_team", "to_team", "allocated_to")
    page = page_of(slowest.select_related(*beside), A_PAGE, request.GET.get("page"))
    rows = queues.rows(list(page.object_list), signed_in(request), timezone.localdate())
    paces = by_team(found)
    said = {
        "form": form,
        "pathway": way,
        "paces": paces,
        "stages": by_stage(found),
        "stage": STAGES[stage][0] if stage in STAGES else "",
        "chart": charted(paces),
        "page": page,
        "rows": rows,
        "period": PERIODS[form.chosen],
        "days": form.chosen,
    }
    return render(request, "referrals/pathway.html", said)


def _unanswered_first(found: QuerySet[Referral]) -> QuerySet[Referral]:
    return timed(found).order_by(F("took").desc(nulls_first=True), "sent_at", "pk")


def change_pathway(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a pathway says from now on, and read what it said before."""
    user, way = signed_in(request), get_object_or_404(Pathway, code=code)
    rules.check_can_change_pathways(user)
    initial = {name: getattr(way, name) for name in Pathway.CHANGEABLE}
    form = ChangePathwayForm(sent_or_draft(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        way.version = _version(request.POST.get("version", ""), way.version)
        _change(request, way, form)
        messages.success(request, "Changed. What was sent before keeps its clocks.")
        return redirect("referrals:pathways")
    said = {"form": form, "pathway": way}
    said["versions"] = way.versions.select_related("made_by").order_by("-version")
    return render(request, "referrals/change_pathway.html", said)


def _version(seen: str, now: int) -> int:
    """The version that the page was about; this one, where it does not say."""
    try:
        return parse.whole(seen)
    except parse.Unreadable:
        return now


def _change(request: HttpRequest, way: Pathway, form: ChangePathwayForm) -> None:
    user = signed_in(request)

    def work() -> object:
        return actions.change_pathway(pathway=way, by=user, **form.cleaned_data)

    do_once(request, work, makes=NOTHING_NEW)
