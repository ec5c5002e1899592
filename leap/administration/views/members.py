"""Into a team, out of it, from one to another, and as what."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from leap.administration import actions, caseload, forms, queries, rules
from leap.administration.actions.members import membership_of
from leap.administration.views.invitations import ask, shown_or_sent
from leap.core.accounts.models import Team, User
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft


@shown_or_sent
def join(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Into another team, beside those they are in."""
    rules.check_is_admin(signed_in(request))
    person = queries.practitioner(signed_in(request), ref)
    return ask(
        request,
        forms.JoinForm(sent_or_draft(request) or None, initial={"team": request.GET.get("team")}),
        partial(actions.add_member, user=person),
        success="They are in the team from today.",
        to=_address(person),
        template="administration/join.html",
        person=person,
    )


def _address(person: User) -> str:
    return reverse("administration:practitioner", args=[person.ref])


def _loaded(request: HttpRequest, ref: UUID, code: str) -> tuple[User, Team]:
    user = signed_in(request)
    return queries.practitioner(user, ref), queries.team(user, code)


def _about(
    request: HttpRequest, person: User, team: Team, form: Any, act: Any, **options: Any
) -> HttpResponse:
    """A form about one practitioner in one team, which goes on to their page or to `to`."""
    return ask(
        request,
        form,
        partial(act, user=person, team=team),
        person=person,
        of_team=team,
        **{"to": _address(person), **options},
    )


@shown_or_sent
def member_role(request: HttpRequest, ref: UUID, code: str) -> HttpResponse:
    rules.check_is_admin(signed_in(request))
    person, team = _loaded(request, ref, code)
    now = membership_of(person, team).role if request.method == "GET" else ""
    return _about(
        request,
        person,
        team,
        forms.RoleForm(sent_or_draft(request) or None, initial={"role": now}),
        actions.change_role,
        success="The role is changed.",
        template="administration/member_role.html",
    )


@shown_or_sent
def move(request: HttpRequest, ref: UUID, code: str) -> HttpResponse:
    rules.check_is_admin(signed_in(request))
    person, team = _loaded(request, ref, code)
    return _about(
        request,
        person,
        team,
        forms.MovePractitionerForm(sent_or_draft(request) or None),
        actions.move,
        success="Moved. They are in the new team from today.",
        template="administration/move.html",
        held=caseload.count(person, team),
    )


@shown_or_sent
def end(request: HttpRequest, ref: UUID, code: str) -> HttpResponse:
    person, team = _loaded(request, ref, code)
    rules.check_can_run(team, signed_in(request))
    return _about(
        request,
        person,
        team,
        forms.NothingForm(request.POST if request.method == "POST" else None),
        actions.end_membership,
        success="They are no longer in the team.",
        to=reverse("administration:team", args=[code]),  # whoever manages it alone stays there
        template="administration/end.html",
        held=caseload.count(person, team),
    )
