"""Changing who may see a contact."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from families.access import hidden_entries, restriction_rules
from families.access.loading import family_for
from families.access.restriction_forms import LayerForm
from families.contacts import actions as contact_actions
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def change_layer(request: HttpRequest, ref: str, contact_ref: str) -> HttpResponse:
    """Who may see one entry. A manager of the team that wrote it needs not see what it says."""
    user = signed_in(request)
    family = family_for(user, ref)
    contact = hidden_entries.entry_to_keep(family, user, contact_ref)
    restriction_rules.check_can_change_layer(contact, user)
    form = LayerForm(
        sent_or_draft(request), family=family, by=user, initial={"layer": contact.layer}
    )
    if request.method != "POST" or not form.is_valid():
        context = {"family": family, "form": form, "contact": contact}
        return render(request, "families/change_layer.html", context)
    change, why = contact_actions.change_layer, form.cleaned_data["why"]
    perform(request, change, contact=contact, audience=form.audience(), why=why, by=user)
    messages.success(request, "Changed who may see this entry.")
    return redirect("families:family", family.ref)
