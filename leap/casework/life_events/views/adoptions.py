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
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post


@require_http_methods(["GET", "POST"])
def adoption(request: HttpRequest, ref: str) -> HttpResponse:
    """The birth family's end: the child leaves, and is for named people only."""
    user = signed_in(request)
    family = family_for(user, ref)
    rules.check_can_end(family, user)
    members = [each for each in members_of(family, user) if each.is_child]
    people = [each.person for each in members if each.person.birth_date and not each.person.died_on]
    form = AdoptionForm(sent_or_draft(request), people=people, family=family, by=user)
    if request.method != "POST" or not form.is_valid():
        return ask(request, family, form, "adoption")

    def work() -> None:
        actions.record_adoption(family=family, by=user, **form.chosen())

    idempotent_post(request, work, makes=NOTHING_NEW)
    messages.success(request, "Recorded. The child is in no list of this family any more.")
    return redirect("families:family", family.ref)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def adopted(request: HttpRequest) -> HttpResponse:
    """The adoptive family's beginning, for named people from its first moment."""
    user = signed_in(request)
    teams = teams_to_register_for(user)
    form = AdoptedForm(sent_or_draft(request), teams=teams, by=user)
    if request.method != "POST" or not form.is_valid():
        return render(request, "life/adopted.html", {"form": form})

    def work() -> dict[str, object]:
        return {"family": actions.register_adopted(by=user, **form.chosen()).ref}

    made = idempotent_post(request, work, makes="family")["family"]
    messages.success(request, "Registered, for the people you named only.")
    return redirect("families:family", str(made))
