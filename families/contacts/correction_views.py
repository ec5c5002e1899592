"""Putting a contact right."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from families.access import rules
from families.access.loading import family_for, members_of
from families.access.opening_actions import open_family
from families.contacts import correction_actions
from families.contacts.correction_forms import ContactCorrectionForm, teams_of
from families.contacts.corrections import contact_values, versions_for
from families.contacts.rules import check_can_correct
from families.models import Contact, Family
from leap.core.accounts.models import User
from leap.core.exceptions import Conflict
from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post(NOTHING_NEW)
def correct_contact(request: HttpRequest, ref: str, contact_ref: str) -> HttpResponse:
    """Put an entry right; how it stood is kept. Whoever comes second is shown both."""
    user = signed_in(request)
    is_post = request.method == "POST"
    family = family_for(user, ref) if is_post else open_family(request, ref)
    contact = _contact(family, user, contact_ref)
    rules.check_is_open(family)
    check_can_correct(contact, user)
    form = ContactCorrectionForm(
        sent_or_draft(request),
        members=members_of(family, user),
        teams=teams_of(contact),
        family=family,
        by=user,
        contact=contact,
        initial={"seen": contact.versions.count()},
    )
    if not is_post or not form.is_valid():
        return _show(request, family, contact, form)
    try:
        perform(
            request,
            correction_actions.correct_contact,
            contact=contact,
            new=form.contact(),
            members=list(form.people.values()),
            seen=form.cleaned_data["seen"],
            why=form.cleaned_data["why"],
            by=user,
        )
    except ValidationError as problem:
        form.say(problem)
    except Conflict:
        return _show_both(request, family, contact, form)
    else:
        messages.success(request, "Corrected. How it stood before is kept.")
        return redirect("families:contact", family.ref, contact.ref)
    return _show(request, family, contact, form)


def _contact(family: Family, user: User, ref: str) -> Contact:
    contacts = family.contacts.in_layers_of(user)
    related = contacts.select_related("team__agency", "by", "site", "service", "family")
    return get_by_ref_or_404(related, ref)


def _show_both(
    request: HttpRequest, family: Family, contact: Contact, form: ContactCorrectionForm
) -> HttpResponse:
    """Somebody was first: what they made of it stands beside what was typed, which is kept. Sent
    again, it is a correction of theirs."""
    contact = _contact(family, signed_in(request), contact.ref)
    latest = next(iter(versions_for(contact, signed_in(request))), None)
    typed = request.POST.copy()
    typed["seen"] = str(contact.versions.count())
    form.data = typed
    form.add_error(None, "Somebody else has corrected this contact meanwhile. Nothing is lost.")
    theirs = {"theirs": contact_values(contact), "latest": latest}
    return _show(request, family, contact, form, **theirs)


def _show(
    request: HttpRequest, family: Family, contact: Contact, form: ContactCorrectionForm, **more: Any
) -> HttpResponse:
    context = {"family": family, "contact": contact, "form": form, **more}
    return render(request, "families/correct_contact.html", context)
