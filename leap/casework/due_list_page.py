"""What is due: reviews, next steps, and what plans promise; one's own, or one's teams'."""

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from families.access.loading import A_PAGE
from families.contacts import follow_ups
from families.plans.models import Plan, PlanStep
from families.reviews.due import Due, FamiliesWithDue, due_families
from leap.core.http import signed_in
from leap.core.ui.pagination import page_of


@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """What is due in the families the reader leads, or in those of the reader's teams. The late
    come first, each kind with pages of its own."""
    user, whose = signed_in(request), request.GET.get("whose", "mine")
    waiting = FamiliesWithDue(due_families(user, whose), by=user)
    page: Page[Due] = _page(request, waiting, "page")
    context = {
        "page": page,
        "waiting": waiting,
        "whose": whose,
        "reviews": list(page.object_list),
        "is_mine": whose != "team",
        "is_team": whose == "team",
        "steps": _page(request, follow_ups.waiting_for(user, whose), "steps"),
        "plan_steps": _page(request, PlanStep.objects.answered_for(user, whose), "plan_steps"),
        "plans": _page(request, Plan.objects.to_review(user, whose), "plans"),
    }
    return render(request, "families/due.html", context)


def _page(request: HttpRequest, waiting: Any, name: str) -> Page[Any]:
    return page_of(waiting, A_PAGE, request.GET.get(name))
