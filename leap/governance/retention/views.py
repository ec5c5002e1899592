"""What a review would let go, and holding a family's record."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from families.access.loading import family_for
from families.access.opening_actions import open_family
from families.models import Family
from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from leap.core.ui.pagination import page_of
from leap.governance.retention import actions, review, rules
from leap.governance.retention.forms import OnForm, ReasonForm
from leap.governance.retention.models import LegalHold

AT_ONCE = 50


@require_GET
def retention(request: HttpRequest) -> HttpResponse:
    """Counts by kind; and the families that a manager sees, by reference."""
    user = signed_in(request)
    rules.check_can_review(user)
    form = OnForm(request.GET or None)
    chosen = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    on = chosen or timezone.localdate()
    in_teams = bool(user.team_ids_with(Capability.REVIEW_RETENTION))
    due = review.families(on, user=user) if in_teams else []
    context = {
        "form": form,
        "on": on,
        "kinds": review.kinds(on),
        "sees": in_teams,
        "page": page_of(due, AT_ONCE, request.GET.get("page")),
    }
    return render(request, "retention/retention.html", context)


@idempotent_post(NOTHING_NEW)
def holds(request: HttpRequest, ref: str) -> HttpResponse:
    """The holds on one family's record, and the form to place or lift one."""
    user = signed_in(request)
    family = open_family(request, ref) if request.method == "GET" else family_for(user, ref)
    held = LegalHold.objects.live().filter(family=family).first()
    sent = sent_or_draft(request)
    if held:
        form = ReasonForm("Why is the hold lifted?", "Say who decided it.", sent)
    else:
        form = ReasonForm("Why is the record held?", "Name the inquiry, court or claim.", sent)
    if request.method == "POST" and form.is_valid():
        done = perform(request, _change, family, held, form.cleaned_data["reason"], user)
        messages.success(request, str(done["said"]))
        return redirect("retention:holds", family.ref)
    context = {
        "family": family,
        "held": held,
        "form": form,
        "holds": LegalHold.objects.filter(family=family)
        .select_related("placed_by", "lifted_by")
        .order_by("-placed_at"),
        "refused": why_not(rules.check_can_hold, family, user),
    }
    return render(request, "retention/holds.html", context)


def _change(family: Family, held: LegalHold | None, reason: str, user: User) -> dict[str, object]:
    if held:
        actions.lift(family=family, why=reason, by=user)
        return {"said": "The hold is lifted."}
    actions.hold(family=family, reason=reason, by=user)
    return {"said": "The record is held until somebody lifts it."}
