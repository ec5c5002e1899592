"""What was decided about sharing this family's information, and withdrawing a decision."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from families.access import rules, sharing_actions
from families.access.involvement_forms import EndForm
from families.access.loading import family_for, working_teams
from families.access.opening_actions import open_family
from families.access.sharing_forms import SharingForm
from families.models import Family, Member
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.drafts import draft_in, sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform


@require_GET
def sharing(request: HttpRequest, ref: str) -> HttpResponse:
    """Every decision, refusals and withdrawn ones too; and apart from them, consent to services."""
    user = signed_in(request)
    family = open_family(request, ref)
    made = family.sharing_decisions.select_related("team", "by", "withdrawn_by")
    decisions = list(made.order_by("-decided_at"))
    for decision in decisions:
        decision.family = family
        decision.may_withdraw = not why_not(rules.check_can_withdraw, decision, user)  # type: ignore[attr-defined]
    people = Member.objects.filter(family=family).open_to(user).values("person")
    consents = family.service_consents.filter(person__in=people)
    context = {
        "family": family,
        "decisions": decisions,
        "consents": consents.select_related("person", "team", "service", "by").order_by("-said_at"),
        "may_write": bool(working_teams(family, user)),
    }
    return render(request, "families/sharing.html", context)


def draft_key(family: Family) -> str:
    return f"sharing-{family.ref}"


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post("sharing decision", opens="families:sharing")
def decide_sharing(request: HttpRequest, ref: str) -> HttpResponse:
    """Record a decision to share something, or not to."""
    user = signed_in(request)
    family = family_for(user, ref)
    sent = sent_or_draft(request, form=draft_key(family))
    rules.check_is_at_work(family, user)
    form = SharingForm(sent, teams=working_teams(family, user))
    if request.method == "GET" or not form.is_valid():
        context = {"family": family, "form": form, "draft_key": draft_key(family)}
        if draft := draft_in(request):
            context["draft"] = draft
            form.without_complaints()
        return render(request, "families/decide_sharing.html", context)
    team = next(t for t in working_teams(family, user) if t.code == form.cleaned_data["team"])
    new = sharing_actions.NewDecision(**form.fields_of_decision())
    perform(request, sharing_actions.decide_sharing, family=family, new=new, team=team, by=user)
    messages.success(request, "The decision is on the record.")
    return redirect("families:sharing", family.ref)


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def withdraw_sharing(request: HttpRequest, ref: str, decision: str) -> HttpResponse:
    """Say that a decision no longer holds, and why."""
    user = signed_in(request)
    family = family_for(user, ref)
    decisions = family.sharing_decisions.select_related("family", "team")
    made = get_by_ref_or_404(decisions, decision)
    rules.check_can_withdraw(made, user)
    form = EndForm(sent_or_draft(request))
    form.fields["why"].label = "Why does it no longer hold?"
    if request.method != "POST" or not form.is_valid():
        context = {"family": family, "made": made, "form": form}
        return render(request, "families/withdraw_sharing.html", context)
    why = form.cleaned_data["why"]
    perform(request, sharing_actions.withdraw_sharing, made=made, why=why, by=user)
    messages.success(request, "The decision is withdrawn. It stays on the record.")
    return redirect("families:sharing", family.ref)
