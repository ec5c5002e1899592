"""Logging a contact, and looking at one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from families.access import restriction_rules, rules
from families.access.loading import family_for
from families.access.opening_actions import open_family
from families.contacts import actions
from families.contacts.corrections import versions_for
from families.contacts.forms import LOG_CONTACT_ROUTE, ContactForm, draft_key, form_for
from families.contacts.rules import check_can_correct
from families.models import ContactPerson, Family, FollowUp, Observation, Person
from families.observations.display import ObservationDisplay, note_is_printed
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.drafts import draft_in, sent_or_draft
from leap.core.outbox.idempotency import idempotent_post, perform


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post("contact", route=LOG_CONTACT_ROUTE, clock=("at",))
def log_contact(request: HttpRequest, ref: str) -> HttpResponse:
    """What happened, on one screen; what was typed before and not sent is there again."""
    user = signed_in(request)
    typed = sent_or_draft(request, form=draft_key(ref))
    if request.method == "GET":
        family = open_family(request, ref)
        rules.check_is_open(family)
        form = form_for(family, user, typed, begun=request.GET)
        if typed:
            form.without_complaints()
        return _show(request, family, form, draft=draft_in(request))
    family = family_for(user, ref)
    form = form_for(family, user, typed)
    if not form.is_valid():
        return _show(request, family, form)
    try:
        log = actions.log_contact
        perform(request, log, family=family, new=form.contact(), team=form.chosen_team, by=user)
    except ValidationError as problem:
        form.say(problem)
        return _show(request, family, form)
    messages.success(request, "Contact saved.")
    return redirect("families:family", family.ref)


def _show(
    request: HttpRequest, family: Family, form: ContactForm, draft: object = None
) -> HttpResponse:
    context = {"family": family, "form": form, "draft": draft, "draft_key": draft_key(family.ref)}
    context["safely_reached"] = [
        member for member in form.members if hasattr(member.person, "safe_contact")
    ]
    return render(request, "families/log_contact.html", context)


@require_GET
def contact(request: HttpRequest, ref: str, contact_ref: str) -> HttpResponse:
    """One contact in full."""
    family, user = open_family(request, ref), signed_in(request)
    seen = Person.objects.open_to(user)
    people = ContactPerson.objects.filter(person__in=seen).select_related("person")
    observations = Observation.objects.filter(person__in=seen).select_related("person")
    contacts = (
        family.contacts.in_layers_of(user)
        .select_related("team", "by", "site", "service", "agency")
        .prefetch_related(
            Prefetch("people", people.order_by("listed")),
            Prefetch("observations", observations.order_by("pk")),
        )
    )
    contact = get_by_ref_or_404(contacts, contact_ref)
    findings = [
        ObservationDisplay(o.code, o.value, o.person.name) for o in contact.observations.all()
    ]
    context = {"family": family, "contact": contact, "found": findings}
    context["note_is_printed"] = note_is_printed(findings)
    context["alone"] = [participant for participant in contact.people.all() if participant.alone]
    context["versions"] = versions_for(contact, user)
    context["next_steps"] = FollowUp.objects.visible_to(user).filter(contact=contact)
    may_write = not family.closed_at and why_not(rules.check_is_at_work, family, user) is None
    context["may_correct"] = may_write and why_not(check_can_correct, contact, user) is None
    context["may_change_layer"] = (
        why_not(restriction_rules.check_can_change_layer, contact, user) is None
    )
    return render(request, "families/contact.html", context)
