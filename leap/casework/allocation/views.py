"""Naming who leads: one family, and many from a list."""

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods

from families.access import rules
from families.access.loading import family_for
from families.models import Family
from leap.casework.allocation import actions, queries
from leap.casework.allocation.forms import AllocateFamilyForm, FindFamiliesForm, person
from leap.core.accounts.models import User
from leap.core.bulk import answer_batch, as_shown, list_to_return_to
from leap.core.exceptions import NotAllowed
from leap.core.http import signed_in
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from leap.core.ui.pagination import page_of

A_PAGE, AT_MOST = 25, 100
shown_or_sent = require_http_methods(["GET", "POST"])


@shown_or_sent
@idempotent_post(NOTHING_NEW)
def allocate(request: HttpRequest, ref: str) -> HttpResponse:
    """Say who leads this family, or who leads it from now on."""
    user = signed_in(request)
    family = family_for(user, ref)
    rules.check_can_allocate_family(family, user)
    assert family.lead_team is not None
    choices = queries.choices_of([family.lead_team])
    sent = request.POST if request.method == "POST" else None
    form = AllocateFamilyForm(choices, sent, lead=family.lead_practitioner)
    if sent is not None and form.is_valid() and _given(request, family, form):
        messages.success(request, f"{form.chosen} now leads this family, and has been told.")
        return redirect("families:family", family.ref)
    return render(request, "allocation/allocate.html", {"family": family, "form": form})


def _given(request: HttpRequest, family: Family, form: AllocateFamilyForm) -> bool:
    try:
        perform(
            request,
            actions.allocate,
            family=family,
            practitioner=form.chosen,
            instead_of=form.instead_of,
            by=signed_in(request),
        )
    except NotAllowed as refused:
        form.add_error("practitioner", str(refused))
        return False
    return True


@shown_or_sent
@idempotent_post(NOTHING_NEW)
def allocate_many(request: HttpRequest) -> HttpResponse:
    """The families that nobody leads by name, or that somebody does, to give to somebody."""
    user = signed_in(request)
    queries.check_allocates(user)
    return _give(request, user) if request.method == "POST" else _list(request, user)


def _list(request: HttpRequest, user: User) -> HttpResponse:
    choices = queries.choices_of(queries.teams_of(user))
    form = FindFamiliesForm(choices, request.GET)
    with queries.as_far_as_needed(user):
        matches = queries.families_listed(user, **form.chosen)
        page: Page[Family] = page_of(matches, A_PAGE, request.GET.get("page"))
        families = list(page.object_list)
    context = {
        "form": form,
        "page": page,
        "rows": queries.with_visible_names(families, user),
        "choices": choices,
        "is_nobodys": form.chosen["whose"] == queries.NOBODY,
    }
    return render(request, "allocation/allocate_many.html", context)


def _give(request: HttpRequest, user: User) -> HttpResponse:
    leads, refs = as_shown(request), request.POST.getlist("ref")[:AT_MOST]
    to = person(request.POST.get("practitioner", ""))
    back = list_to_return_to(request, "/families/allocate/", resolve_url("families:allocate_many"))
    if not refs or to is None:
        messages.error(request, "Choose families, and who is to lead them.")
        return redirect(back)
    done = perform(request, _allocate, {ref: leads.get(ref, "") for ref in refs}, to, user)
    of = ("family", "families")
    return answer_batch(request, done, success=f"{to} now leads {{}}.", of=of, back=back)


def _allocate(led_by: dict[str, str], to: User, by: User) -> dict[str, object]:
    """Each family to `to`, as long as whoever led it when the list was shown does so still."""
    chosen = {ref: person(leader) for ref, leader in led_by.items()}
    done = actions.allocate_many(chosen=chosen, practitioner=to, by=by)
    return {ref: vars(refusal) if refusal else None for ref, refusal in done.items()}
