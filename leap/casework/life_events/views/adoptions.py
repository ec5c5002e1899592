"""The two ends of an adoption, as two pages that know nothing of one another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from families.access.loading import family_for, members_of
from families.people.rules import teams_to_register_for
from leap.casework.life_events import actions, rules
from leap.casework.life_events.adoption_forms import AdoptedForm, AdoptionForm
from leap.casework.life_events.views.common import ask
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def adoption(request: HttpRequest, ref: str) -> HttpResponse:
    """The birth family's end: the child leaves, and is for named people only."""
    user = signed_in(request)
    family = family_for(user, ref)
    rules.check_can_end(family, user)
    members = [member for member in members_of(family, user) if member.is_child]
    people = [
        member.person
        for member in members
        if member.person.birth_date and not member.person.died_on
    ]
    form = AdoptionForm(sent_or_draft(request), people=people, family=family, by=user)
    if request.method != "POST" or not form.is_valid():
        return ask(request, family, form, "adoption")
    perform(request, actions.record_adoption, family=family, by=user, **form.chosen())
    messages.success(request, "Recorded. The child is in no list of this family any more.")
    return redirect("families:family", family.ref)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post("family")
def adopted(request: HttpRequest) -> HttpResponse:
    """The adoptive family's beginning, for named people from its first moment."""
    user = signed_in(request)
    teams = teams_to_register_for(user)
    form = AdoptedForm(sent_or_draft(request), teams=teams, by=user)
    if request.method != "POST" or not form.is_valid():
        return render(request, "life/adopted.html", {"form": form})
    registered = perform(request, actions.register_adopted, by=user, **form.chosen())
    messages.success(request, "Registered, for the people you named only.")
    return redirect("families:family", str(registered["ref"]))
