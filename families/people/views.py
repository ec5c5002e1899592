"""Somebody joins a family, or what is known of them is put right."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from families.access import rules
from families.access.loading import family_for, member_named, members_of
from families.models import Family, shielded_addresses
from families.people import actions as people_actions
from families.people import identity_actions
from families.people.duplicates import PossibleDuplicatesFound
from families.people.forms import AddPersonForm, ChangePersonForm
from leap.core.accounts.models import User
from leap.core.exceptions import TooMany
from leap.core.http import signed_in
from leap.core.outbox.drafts import draft_in, sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform


def _may_write(family: Family, user: User) -> None:
    rules.check_is_open(family)
    rules.check_is_at_work(family, user)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post("person")
def add_person(request: HttpRequest, ref: str) -> HttpResponse:
    """A new partner, a grandmother, a baby on the way: anybody who was not there."""
    user = signed_in(request)
    family = family_for(user, ref)
    key = f"add-person-{family.ref}"
    sent = sent_or_draft(request, form=key)
    _may_write(family, user)
    form = AddPersonForm(sent, members=members_of(family, user))
    context = {"family": family, "form": form, "draft_key": key}
    if request.method != "POST":
        context["form"] = form.without_complaints() if draft_in(request) else form
        return render(request, "families/add_person.html", context)
    if not form.is_valid():
        return render(request, "families/add_person.html", context)
    new, typed = form.person(None), form.cleaned_data
    try:
        if not typed["are_new"]:
            identity_actions.ask_for_identities(people=[new], by=user)
        perform(
            request,
            people_actions.add_person,
            family=family,
            new=new,
            with_children=typed["with_children"],
            by=user,
            are_new=typed["are_new"],
        )
    except PossibleDuplicatesFound as known:
        identity_actions.note_known_identities(
            alike=len(known.alike), elsewhere=known.is_elsewhere, by=user
        )
        matches = {"alike": known.alike, "is_elsewhere": known.is_elsewhere}
        return render(request, "families/add_person.html", {**context, **matches})
    except TooMany as refusal:
        form.add_error(None, str(refusal))
        return render(request, "families/add_person.html", context, status=429)
    messages.success(request, "Added to the family.")
    return redirect("families:family", family.ref)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post(NOTHING_NEW)
def change_person(request: HttpRequest, ref: str, person_ref: str) -> HttpResponse:
    """Names, dates, sex and how to reach somebody, as they should have been."""
    user = signed_in(request)
    family = family_for(user, ref)
    member = member_named(family, user, person_ref)
    _may_write(family, user)
    others = [other for other in members_of(family, user) if other.pk != member.pk]
    form = ChangePersonForm(
        sent_or_draft(request),
        member=member,
        others=others,
        by=user,
        withholds_telephone=member.person_id in shielded_addresses.in_family(family.pk).people,
    )
    context = {"family": family, "person": member.person, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "families/change_person.html", context)
    change, new = people_actions.change_person, form.details()
    perform(request, change, family=family, member=member, new=new, by=user)
    messages.success(request, "Changed. The log says who changed it, and when.")
    return redirect("families:family", family.ref)
