"""Keeping a family safe: who is named for a record, shielded addresses, safe contact."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from families.access import (
    hidden_entries,
    restriction_actions,
    restriction_rules,
    rules,
    safety_actions,
)
from families.access.loading import family_for, members_of
from families.access.opening_actions import open_family
from families.access.restriction_forms import NameForm, RestrictForm
from families.access.safety_forms import SafeContactForm, ShieldForm
from families.models import Family, Involvement, Member, Person, Shield
from families.models.people import people_open_to
from leap.core.accounts.models import User
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from leap.core.rls.session import bypass_rls


@dataclass(frozen=True)
class Protected:
    """Somebody in the family, with who is named for them and from whom their address is kept."""

    member: Member
    shields: list[Shield]
    named: list[str]


@require_GET
def protection(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything that keeps this family safe, and where to change it."""
    user, family = signed_in(request), open_family(request, ref)
    members = members_of(family, user)
    may_keep = why_not(restriction_rules.check_can_keep, family, user) is None
    people = [member.person_id for member in members]
    shields = _shields(people, user)
    readers = Person.objects.filter(pk__in=people).values_list("pk", "readers__practitioner__name")
    context = {
        "family": family,
        "people": [
            Protected(
                member,
                [shield for shield in shields if shield.person_id == member.person_id],
                sorted(name for pk, name in readers if pk == member.person_id and name),
            )
            for member in members
        ],
        "named": list(_named(family)),
        "restricted_people_count": hidden_entries.hidden_from(family, user, most=0).people,
        "may_keep": may_keep,
        "may_restrict": may_keep and not family.closed_at,
        "may_write": why_not(rules.check_is_at_work, family, user) is None,
    }
    return render(request, "families/protection.html", context)


def _shields(people: list[int], user: User) -> list[Shield]:
    """Those of people whom the reader sees, with from whom, even out of the reader's sight; but not
    from somebody who is kept for other named people."""
    live = Shield.objects.live().filter(people_open_to(user, "hidden_from"), person__in=people)
    with bypass_rls("whoever may know that an address is kept knows from whom"):
        return list(live.select_related("person", "hidden_from", "by").order_by("started_at"))


def _named(family: Family) -> list[User]:
    spells = family.involvements.live().filter(reason=Involvement.Reason.NAMED)
    named = User.objects.filter(pk__in=spells.values("practitioner"))
    return list(named.order_by("name"))


def _person(family: Family, user: User, ref: str | None) -> Person | None:
    """The member an address names, where it names one; 404 where the reader sees nobody such."""
    if ref is None:
        return None
    members = family.members.open_to(user).select_related("person")
    return get_by_ref_or_404(members, ref, through="person").person


def _ask(
    request: HttpRequest, family: Family, form: forms.Form, template: str, **more: object
) -> HttpResponse:
    return render(request, f"families/{template}.html", {"family": family, "form": form, **more})


def _done(request: HttpRequest, family: Family, message: str) -> HttpResponse:
    """Say so, and go back to where all of it stands."""
    messages.success(request, message)
    if Family.objects.visible_to(signed_in(request)).filter(pk=family.pk).exists():
        return redirect("families:protection", family.ref)
    return redirect("my_work")


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def restrict(request: HttpRequest, ref: str, person_ref: str | None = None) -> HttpResponse:
    """Keep the family, or one person in it, for named people."""
    user = signed_in(request)
    family = family_for(user, ref)
    person = _person(family, user, person_ref)
    restriction_rules.check_can_keep(family, user)
    form = RestrictForm(sent_or_draft(request), family=family, by=user)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, family, form, "restrict", person=person)
    chosen: dict[str, Any] = {"kind": form.cleaned_data["kind"], "named": form.chosen(), "by": user}
    if person:
        restrict_person = restriction_actions.restrict_person
        perform(request, restrict_person, person=person, family=family, **chosen)
        return _done(request, family, f"{person.name} is for named people only now.")
    perform(request, restriction_actions.restrict_family, family=family, **chosen)
    return _done(request, family, "This record is for named people only now.")


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def lift(request: HttpRequest, ref: str, person_ref: str | None = None) -> HttpResponse:
    """Open the record to everybody who works with the family again."""
    user = signed_in(request)
    family = family_for(user, ref)
    person = _person(family, user, person_ref)
    restriction_rules.check_can_keep(family, user)
    if request.method != "POST":
        return _ask(request, family, forms.Form(), "lift", person=person)
    if person:
        unrestrict = restriction_actions.unrestrict_person
        perform(request, unrestrict, person=person, family=family, by=user)
    else:
        perform(request, restriction_actions.unrestrict_family, family=family, by=user)
    return _done(request, family, "Open again to everybody who works with the family.")


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW)
def name(request: HttpRequest, ref: str, person_ref: str | None = None) -> HttpResponse:
    """Name more people for a record that is for named people only."""
    user = signed_in(request)
    family = family_for(user, ref)
    person = _person(family, user, person_ref)
    restriction_rules.check_can_keep(family, user)
    if person is None:
        already = _named(family)
    else:
        readers = person.readers.values("practitioner")
        already = list(User.objects.filter(pk__in=readers).order_by("name"))
    form = NameForm(
        sent_or_draft(request), family=family, already=[reader.pk for reader in already]
    )
    if request.method != "POST" or not form.is_valid():
        return _ask(request, family, form, "name", person=person, already=already)
    named = form.chosen()
    if person:
        add = restriction_actions.add_named_readers_to_person
        perform(request, add, person=person, family=family, named=named, by=user)
    else:
        add_to_family = restriction_actions.add_named_readers_to_family
        perform(request, add_to_family, family=family, named=named, by=user)
    return _done(request, family, "Named. They can open the record from now on.")


@require_POST
@idempotent_post(NOTHING_NEW)
def take_name_off(request: HttpRequest, ref: str, person_ref: str | None = None) -> HttpResponse:
    """Take somebody's name off."""
    user = signed_in(request)
    family = family_for(user, ref)
    person = _person(family, user, person_ref)
    practitioner = get_object_or_404(User, ref=request.POST.get("practitioner") or None)
    if person:
        remove = restriction_actions.remove_named_reader_from_person
        perform(request, remove, person=person, family=family, practitioner=practitioner, by=user)
    else:
        remove_from_family = restriction_actions.remove_named_reader_from_family
        perform(request, remove_from_family, family=family, practitioner=practitioner, by=user)
    return _done(request, family, f"{practitioner} is not named any more.")


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post(NOTHING_NEW)
def shield(request: HttpRequest, ref: str, person_ref: str) -> HttpResponse:
    """Keep an address from somebody."""
    user = signed_in(request)
    family = family_for(user, ref)
    person = _person(family, user, person_ref)
    assert person is not None
    rules.check_is_at_work(family, user)
    members = [member.person for member in members_of(family, user)]
    # People who share a family with these, in others that the reader sees: parents apart.
    families = Family.objects.visible_to(user).filter(members__person__in=members)
    people = Person.objects.visible_to(user).filter(members__family__in=families)
    others = list(people.exclude(pk__in=[person.pk for person in members]).order_by("pk"))
    form = ShieldForm(
        sent_or_draft(request), members=members, others=others, initial={"people": [person.ref]}
    )
    if request.method != "POST" or not form.is_valid():
        return _ask(request, family, form, "shield", person=person)
    perform(request, safety_actions.shield, family=family, by=user, **form.chosen())
    return _done(
        request, family, "This address is withheld from now on, wherever it could be read."
    )


@require_POST
@idempotent_post(NOTHING_NEW)
def end_shield(request: HttpRequest, ref: str, person_ref: str, other_ref: str) -> HttpResponse:
    """Show an address again."""
    user = signed_in(request)
    family = family_for(user, ref)
    person = _person(family, user, person_ref)
    assert person is not None
    shields = [
        shield for shield in _shields([person.pk], user) if shield.hidden_from.ref == other_ref
    ]
    if not shields:
        raise Http404
    other = shields[0].hidden_from
    end_shield = safety_actions.end_shield
    perform(request, end_shield, person=person, hidden_from=other, family=family, by=user)
    return _done(request, family, "This address is shown again.")


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post(NOTHING_NEW)
def safe_contact(request: HttpRequest, ref: str, person_ref: str) -> HttpResponse:
    """How somebody is safely reached."""
    user = signed_in(request)
    family = family_for(user, ref)
    person = _person(family, user, person_ref)
    assert person is not None
    rules.check_is_at_work(family, user)
    current = getattr(person, "safe_contact", None)
    begun = (
        {name: getattr(current, name) for name in SafeContactForm.base_fields} if current else {}
    )
    form = SafeContactForm(sent_or_draft(request), initial=begun)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, family, form, "safe_contact", person=person)
    set_safe_contact = safety_actions.set_safe_contact
    perform(request, set_safe_contact, person=person, family=family, by=user, **form.cleaned_data)
    return _done(
        request,
        family,
        f"Written down how {person.name} is safely reached.",
    )
