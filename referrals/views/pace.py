"""How the pathways do: for managers of the teams on either side."""

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from leap.errors import NotAllowed
from leap.http import signed_in
from referrals import queue as queues
from referrals.clocks import learn_one_off_days
from referrals.forms import PaceForm
from referrals.models import Pathway, Referral
from referrals.pace import PERIODS, by_pathway, by_team, sent_since, timed

A_PAGE = 20


def _mine(request: HttpRequest, form: PaceForm) -> QuerySet[Referral]:
    """What the teams that the reader manages sent or were sent, in the period."""
    user = signed_in(request)
    if not user.managed_team_ids:
        raise NotAllowed("How the pathways do is for those who manage a team.")
    return sent_since(Referral.objects.of_teams(user.managed_team_ids), form.chosen)


def pathways(request: HttpRequest) -> HttpResponse:
    """How many, how fast and where they wait, pathway by pathway."""
    form = PaceForm(request.GET)
    paces = by_pathway(_mine(request, form))
    said = {"form": form, "paces": paces, "period": PERIODS[form.chosen], "days": form.chosen}
    return render(request, "referrals/pathways.html", said)


def pathway(request: HttpRequest, code: str) -> HttpResponse:
    """One pathway: each receiving team on it, and the referrals themselves, the slowest first."""
    form, way = PaceForm(request.GET), get_object_or_404(Pathway, code=code)
    found = _mine(request, form).filter(pathway=way)
    slowest = timed(found).order_by(F("took").desc(nulls_first=True), "sent_at", "pk")
    beside = ("family", "pathway", "from_team", "to_team", "allocated_to")
    learn_one_off_days()
    page = Paginator(slowest.select_related(*beside), A_PAGE).get_page(request.GET.get("page"))
    rows = queues.rows(list(page.object_list), signed_in(request), timezone.localdate())
    said = {
        "form": form,
        "pathway": way,
        "paces": by_team(found),
        "page": page,
        "rows": rows,
        "period": PERIODS[form.chosen],
        "days": form.chosen,
    }
    return render(request, "referrals/pathway.html", said)
