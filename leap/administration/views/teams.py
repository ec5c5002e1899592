"""Agencies and teams."""

from functools import partial

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from leap.administration import actions, caseload, forms, queries, rules
from leap.administration.views.invitations import ask, shown_or_sent
from leap.administration.views.people import A_PAGE
from leap.core.accounts.models import Agency
from leap.core.accounts.permissions import Capability
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.reference_data.models import LEAP_WARDS
from leap.core.ui.pagination import page_of


@require_GET
def teams(request: HttpRequest) -> HttpResponse:
    """Every team with its agency, what it does and how many are in it."""
    user, q = signed_in(request), request.GET.get("q", "").strip()
    matches = queries.with_members(queries.teams(user))
    for word in q.split():
        matches = matches.filter(Q(name__icontains=word) | Q(agency__name__icontains=word))
    page = page_of(matches, A_PAGE, request.GET.get("page"))
    context = {"page": page, "q": q, "may_change": user.can_everywhere(Capability.ADMINISTER)}
    return render(request, "administration/teams.html", context)


@require_GET
def team(request: HttpRequest, code: str) -> HttpResponse:
    """One team: how to reach it, who is in it, how much it holds."""
    user = signed_in(request)
    record = queries.team(user, code)
    page = page_of(queries.members(record), A_PAGE, request.GET.get("page"))
    context = {
        "of_team": record,
        "wards": [LEAP_WARDS.get(ward, ward) for ward in record.ward_codes],
        "page": page,
        "rows": [
            (membership.user, queries.state_of(membership.user), membership) for membership in page
        ],
        "held": caseload.work_of_team(record),
        "may_change": user.can_everywhere(Capability.ADMINISTER),
    }
    return render(request, "administration/team.html", context)


@shown_or_sent
def found_team(request: HttpRequest) -> HttpResponse:
    rules.check_is_admin(signed_in(request))
    return ask(
        request,
        forms.TeamDetailsForm(
            sent_or_draft(request), initial={"agency": request.GET.get("agency")}
        ),
        actions.found_team,
        success="The team is founded. Now invite its people.",
        to=lambda answer: reverse("administration:team", args=[answer["code"]]),
        template="administration/found_team.html",
    )


@shown_or_sent
def change_team(request: HttpRequest, code: str) -> HttpResponse:
    rules.check_is_admin(signed_in(request))
    team = queries.team(signed_in(request), code)
    now = {name: getattr(team, name) for name in forms.TeamDetailsForm.base_fields}
    return ask(
        request,
        forms.TeamDetailsForm(sent_or_draft(request), initial={**now, "agency": team.agency.code}),
        partial(actions.change_team, team=team),
        success="Changed.",
        to=reverse("administration:team", args=[code]),
        template="administration/change_team.html",
        of_team=team,
    )


@require_GET
def agencies(request: HttpRequest) -> HttpResponse:
    """The organisations of the partnership."""
    rules.check_is_admin(signed_in(request))
    page = page_of(queries.agencies(), A_PAGE, request.GET.get("page"))
    return render(request, "administration/agencies.html", {"page": page})


@shown_or_sent
def found_agency(request: HttpRequest) -> HttpResponse:
    rules.check_is_admin(signed_in(request))
    return ask(
        request,
        forms.AgencyForm(sent_or_draft(request)),
        actions.found_agency,
        success="The agency is in the partnership. Now found its teams.",
        to=reverse("administration:agencies"),
        template="administration/found_agency.html",
    )


@shown_or_sent
def change_agency(request: HttpRequest, code: str) -> HttpResponse:
    rules.check_is_admin(signed_in(request))
    agency = get_object_or_404(Agency, code=code)
    return ask(
        request,
        forms.AgencyForm(sent_or_draft(request), initial={"name": agency.name}),
        partial(actions.change_agency, agency=agency),
        success="Changed.",
        to=reverse("administration:agencies"),
        template="administration/change_agency.html",
        agency=agency,
    )
