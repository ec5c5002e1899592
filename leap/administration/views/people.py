"""Practitioners: finding, inviting, changing, closing and opening their accounts."""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from leap.administration import actions, caseload, forms, queries, rules
from leap.administration.views.invitations import ask, shown_or_sent
from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.ui.pagination import page_of

A_PAGE = 25


@require_GET
def practitioners(request: HttpRequest) -> HttpResponse:
    """Who works here, found by name, team or state."""
    user = signed_in(request)
    form = forms.FindPractitionersForm(queries.teams(user), request.GET)
    people = queries.find_practitioners(user, **form.chosen)
    page: Page[User] = page_of(people, A_PAGE, request.GET.get("page"))
    rows = [(person, queries.state_of(person), queries.live_spells(person)) for person in page]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "may_change": user.can_everywhere(Capability.ADMINISTER),
    }
    return render(request, "administration/practitioners.html", context)


@require_GET
def practitioner(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One practitioner: how to reach them, where they work, how much is theirs."""
    user = signed_in(request)
    person = queries.practitioner(user, ref)
    live = queries.live_spells(person)
    # Nobody does these to themselves.
    others = user.can_everywhere(Capability.ADMINISTER) and person != user
    runs = user.can_everywhere(Capability.RUN_TEAM) or any(
        user.can_in(spell.team_id, Capability.RUN_TEAM) for spell in live
    )
    context = {
        "person": person,
        "state": queries.state_of(person),
        "live": live,
        "earlier": [spell for spell in person.spells if spell not in live],  # type: ignore[attr-defined]
        "held": caseload.count(person),
        "may_change": user.can_everywhere(Capability.ADMINISTER),
        "is_oneself": person == user,
        "may_change_account": others,
        "may_give_roles": others and person.is_active,
        "may_hand_on": runs and person != user and person.is_active,
    }
    return render(request, "administration/practitioner.html", context)


def _address(answer: dict[str, Any]) -> str:
    return reverse("administration:practitioner", args=[answer["ref"]])


@shown_or_sent
def invite(request: HttpRequest) -> HttpResponse:
    rules.check_is_admin(signed_in(request))
    return ask(
        request,
        forms.InviteForm(sent_or_draft(request) or None, initial={"team": request.GET.get("team")}),
        actions.invite,
        success="Invited. The link that opens the account is on its way.",
        to=_address,
        template="administration/invite.html",
    )


def _about(request: HttpRequest, ref: UUID, form: Any, act: Any, **options: Any) -> HttpResponse:
    """A form about one practitioner, for admins."""
    rules.check_is_admin(signed_in(request))
    person = queries.practitioner(signed_in(request), ref)
    return ask(
        request,
        form(person),
        partial(act, user=person),
        to=reverse("administration:practitioner", args=[ref]),
        person=person,
        **options,
    )


@shown_or_sent
def change(request: HttpRequest, ref: UUID) -> HttpResponse:
    return _about(
        request,
        ref,
        lambda person: forms.PractitionerForm(
            sent_or_draft(request) or None,
            initial={"name": person.name, "email": person.email, "telephone": person.telephone},
        ),
        actions.change_practitioner,
        success="Changed.",
        template="administration/change.html",
    )


@shown_or_sent
def role(request: HttpRequest, ref: UUID) -> HttpResponse:
    return _about(
        request,
        ref,
        lambda person: forms.ProgrammeRoleForm(
            sent_or_draft(request) or None, initial={"programme_role": person.programme_role}
        ),
        actions.change_programme_role,
        success="The role is changed.",
        template="administration/role.html",
    )


@shown_or_sent
def invite_again(request: HttpRequest, ref: UUID) -> HttpResponse:
    return _about(
        request,
        ref,
        lambda person: _sure(request),
        actions.invite_again,
        success="Another link is on its way.",
        template="administration/invite_again.html",
    )


@shown_or_sent
def deactivate(request: HttpRequest, ref: UUID) -> HttpResponse:
    return _about(
        request,
        ref,
        lambda person: _sure(request),
        actions.deactivate,
        success="The account is closed.",
        template="administration/deactivate.html",
    )


@shown_or_sent
def reactivate(request: HttpRequest, ref: UUID) -> HttpResponse:
    return _about(
        request,
        ref,
        lambda person: _sure(request),
        actions.reactivate,
        success="The account is open again. The link that opens it is on its way.",
        template="administration/reactivate.html",
    )


@shown_or_sent
def sign_out_everywhere(request: HttpRequest, ref: UUID) -> HttpResponse:
    return _about(
        request,
        ref,
        lambda person: _sure(request),
        actions.sign_out_everywhere,
        success="They are signed out everywhere.",
        template="administration/sign_out_everywhere.html",
    )


@shown_or_sent
def reset_second_step(request: HttpRequest, ref: UUID) -> HttpResponse:
    return _about(
        request,
        ref,
        lambda person: _sure(request),
        actions.reset_second_step,
        success="Their second step is gone. They set up another when they next sign in.",
        template="administration/reset_second_step.html",
    )


def _sure(request: HttpRequest) -> forms.NothingForm:
    return forms.NothingForm(request.POST if request.method == "POST" else None)
