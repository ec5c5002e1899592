"""A family, or some of it, lives somewhere else."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from families.access import rules
from families.access.loading import family_for, members_of
from families.people import address_actions
from families.people.address_forms import NewAddressForm
from leap.core.exceptions import Conflict
from leap.core.http import signed_in
from leap.core.outbox.drafts import draft_in, name_of, sent_or_draft
from leap.core.outbox.idempotency import idempotent_post, perform


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post("address")
def new_address(request: HttpRequest, ref: str) -> HttpResponse:
    """One form for everybody who moves together, and for an address that was wrong."""
    user = signed_in(request)
    family = family_for(user, ref)
    typed = sent_or_draft(request)
    rules.check_is_open(family)
    rules.check_is_at_work(family, user)
    form = NewAddressForm(typed, members=members_of(family, user))
    context = {"family": family, "form": form, "draft_key": name_of(request)}
    if request.method != "POST":
        context["form"] = form.without_complaints() if draft_in(request) else form
        return render(request, "families/new_address.html", context)
    if not form.is_valid():
        return render(request, "families/new_address.html", context)
    people, new = form.chosen()
    try:
        record = address_actions.record_address
        perform(request, record, family=family, people=people, new=new, by=user)
    except ValidationError as refused:
        form.add_error(None, refused)
        return render(request, "families/new_address.html", context)
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        return render(request, "families/new_address.html", context, status=409)
    messages.success(request, "The address is recorded.")
    return redirect("families:family", family.ref)
