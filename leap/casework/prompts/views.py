"""Deciding on a prompt."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from families.access.opening_actions import open_family
from leap.casework.prompts import actions, rules
from leap.casework.prompts.forms import PromptDecisionForm
from leap.casework.prompts.queries import find_prompt
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import idempotent_post, perform


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("note")
@idempotent_post("decision", route="prompts:decide {ref} {basis}")
def decide(request: HttpRequest, ref: str, rule: str, basis: str) -> HttpResponse:
    """What the rule saw, and what is to be done about it."""
    family, user = open_family(request, ref), signed_in(request)
    prompt = find_prompt(family, rule, basis, by=user)
    if prompt is None:
        raise Http404
    rules.check_can_decide(family, user)
    form = PromptDecisionForm(sent_or_draft(request), rule=rule)
    if request.method == "GET" or not form.is_valid():
        context = {"family": family, "prompt": prompt, "form": form}
        return render(request, "prompts/decide.html", context)
    perform(request, actions.decide, family=family, prompt=prompt, by=user, **form.cleaned_data)
    messages.success(request, "Your decision is recorded.")
    return redirect("families:family", family.ref)
