"""Judging what was opened in an emergency, and answering what the night asked."""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from families.break_glass import actions
from families.break_glass.forms import ExplainForm, JudgeForm
from families.break_glass.reviewers import ids_to_review
from families.break_glass.rules import check_may_review, may_read_opening
from families.models import AccessAlert, BreakGlass
from leap.core.accounts.models import User
from leap.core.audit.kinds import label
from leap.core.audit.models import Event
from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from leap.core.rls.session import bypass_rls

LATELY = timedelta(days=30)
OFTEN = 3  # times within LATELY
DONE = 20  # of those judged last


@require_GET
def review(request: HttpRequest) -> HttpResponse:
    """What waits for this reader's judgement, then what they have judged."""
    user = signed_in(request)
    check_may_review(user)
    broken, alerts = openings_to_judge(user), odd_looks_to_answer(user)
    with bypass_rls("a reviewer reads what they have judged of families that they cannot see"):
        done = list(
            BreakGlass.objects.filter(reviewed_by=user)
            .select_related("practitioner", "family")
            .order_by("-reviewed_at", "-pk")[:DONE]
        )
    context = {"broken": broken, "asked": alerts, "done": done}
    return render(request, "families/review.html", context)


def openings_to_judge(user: User) -> list[BreakGlass]:
    """Those that this manager is to judge, the longest due first, with `lately`, how many the
    practitioner opened in the thirty days up to it, and `in_vain`, how often in a day nothing
    was found."""
    keys = ids_to_review(BreakGlass, user)
    if not keys:
        return []
    own = BreakGlass.objects.filter(
        practitioner=OuterRef("practitioner"),
        at__lte=OuterRef("at"),
        at__gt=OuterRef("at") - LATELY,
    ).order_by()
    counted = own.values("practitioner").annotate(n=Count("pk")).values("n")
    with bypass_rls("a reviewer judges openings of families that they cannot see"):
        broken: list[BreakGlass] = list(
            BreakGlass.objects.filter(pk__in=keys)
            .select_related("practitioner", "family__lead_team", "involvement")
            .annotate(lately=Subquery(counted))
            .order_by("review_by", "at")
        )
        # How often each practitioner named no family on the day of the opening.
        refs = {str(opening.practitioner.ref) for opening in broken}
        first = min(opening.at for opening in broken) - timedelta(days=1)
        tried = Event.objects.filter(by_ref__in=refs, kind="break_glass.not_found", at__gte=first)
        days = Counter((by, timezone.localdate(at)) for by, at in tried.values_list("by_ref", "at"))
        for opening in broken:
            day = timezone.localdate(opening.at)
            opening.in_vain = days[(str(opening.practitioner.ref), day)]  # type: ignore[attr-defined]
    today = timezone.localdate()
    for opening in broken:
        opening.is_often = opening.lately >= OFTEN  # type: ignore[attr-defined]
        late = "late" if opening.review_by < today else ""
        opening.state = "due_today" if opening.review_by == today else late  # type: ignore[attr-defined]
    return broken


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def judge(request: HttpRequest, ref: str) -> HttpResponse:
    """One opening: who, why, what they read there, and the judgement."""
    user = signed_in(request)
    openings = BreakGlass.objects.select_related(
        "practitioner", "family__lead_team__agency", "involvement", "reviewed_by"
    )
    with bypass_rls("a reviewer judges an opening of a family that they cannot see"):
        broken = get_by_ref_or_404(openings, ref)
    is_mine = broken.pk in ids_to_review(BreakGlass, user)
    if not is_mine and not may_read_opening(broken, user):
        raise Http404
    form = JudgeForm(sent_or_draft(request))
    if request.method != "POST" or not form.is_valid():
        context = {
            "broken": broken,
            "form": form if is_mine else None,
            "did": _what_they_did(broken),
        }
        return render(request, "families/judge.html", context)
    justified, note = form.cleaned_data["justified"] == "yes", form.cleaned_data["note"]
    judge_it = actions.judge_break_glass
    perform(request, judge_it, broken=broken, justified=justified, note=note, by=user)
    messages.success(request, "Your judgement is on the record. The family’s lead can read it.")
    return redirect("families:review")


def _what_they_did(broken: BreakGlass) -> list[tuple[Event, str]]:
    """What the log says that the practitioner did with the record while it was open."""
    with bypass_rls("a reviewer reads what was done with a family that they cannot see"):
        events = Event.objects.about_family(broken.family.ref).filter(
            by_ref=str(broken.practitioner.ref),
            at__gte=broken.at - timedelta(seconds=1),
            at__lte=broken.involvement.ended_at,
        )
        return [(event, label(event.kind)) for event in events.order_by("at", "pk")]


# What the night asked


def odd_looks_to_answer(user: User) -> list[list[AccessAlert]]:
    """What the night asked this manager: for each opening, one row for each reason to ask."""
    keys = ids_to_review(AccessAlert, user)
    if not keys:
        return []
    with bypass_rls("a reviewer answers for openings of families that they cannot see"):
        looks = AccessAlert.objects.filter(pk__in=keys).select_related("practitioner", "family")
        by_opening: dict[tuple[Any, ...], list[AccessAlert]] = {}
        for look in looks.order_by("on", "pk"):
            by_opening.setdefault((look.on, look.family_id, look.practitioner_id), []).append(look)
        return list(by_opening.values())


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def explain(request: HttpRequest, ref: str, practitioner: UUID, day: str) -> HttpResponse:
    """One opening that no work explains: a question to whoever manages, never a verdict."""
    user = signed_in(request)
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    alerts = AccessAlert.objects.filter(
        family__ref=ref, practitioner__ref=practitioner, on=on, reviewed_at=None
    )
    with bypass_rls("a reviewer answers for an opening of a family that they cannot see"):
        looks = list(alerts.select_related("practitioner", "family__lead_team").order_by("pk"))
    if not looks:
        raise Http404
    waiting = set(ids_to_review(AccessAlert, user))
    if not all(look.pk in waiting for look in looks):
        raise Http404  # that the night asked about somebody is told to nobody else
    form = ExplainForm(sent_or_draft(request))
    if request.method != "POST" or not form.is_valid():
        return render(request, "families/explain.html", {"looks": looks, "form": form})
    explained, note = form.cleaned_data["explained"] == "yes", form.cleaned_data["note"]
    answer = actions.explain_odd_looks
    perform(request, answer, looks=looks, explained=explained, note=note, by=user)
    messages.success(request, "Your answer is on the record.")
    return redirect("families:review")
