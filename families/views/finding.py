"""Finding families: by what somebody remembers, or by what is due."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, Prefetch, Value, When, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from families import actions, rules
from families import search as finding
from families.due import Due, Waiting
from families.models import Family, Member
from families.models.families import FamilyQuerySet
from families.reading import in_order
from leap.accounts.models import User
from leap.http import signed_in

A_PAGE = 20


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Find a family; without a question, the families the reader can see."""
    user, typed = signed_in(request), request.GET.get("q", "").strip()
    families: Any = _found(typed, user) if typed else _mine(user)
    page: Page[Family] = Paginator(families, A_PAGE).get_page(request.GET.get("page"))
    _with_people(page, user)
    shown = {
        "q": typed,
        "page": page,
        "capped": bool(typed) and page.paginator.count >= finding.AT_MOST,
        "may_register": bool(rules.teams_that_hold_families(user)),
    }
    return render(request, "families/search.html", shown)


def _found(typed: str, user: User) -> list[Family]:
    found = finding.search(finding.read(typed), user=user)
    actions.note_search(by=user, found=len(found))
    return found


def _mine(user: User) -> FamilyQuerySet:
    """Open families: those the reader leads first, then by the latest contact."""
    return (
        Family.objects.visible_to(user)
        .open()
        .select_related("lead_team", "lead_practitioner")
        .order_by(
            Case(When(lead_practitioner=user, then=Value(0)), default=Value(1)),
            F("last_contact_at").desc(nulls_last=True),
            "ref",
        )
    )


def _with_people(page: Page[Family], user: User) -> None:
    """Everyone in the families of this page, in one query, as `people`."""
    families = page.object_list = list(page.object_list)
    members = Member.objects.current().open_to(user).select_related("person")
    prefetch_related_objects(families, Prefetch("members", queryset=members))
    for family in families:
        family.people = in_order(family.members.all())  # type: ignore[attr-defined]


@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """What is due in the families the reader leads, or in those of the reader's teams."""
    user, whose = signed_in(request), request.GET.get("whose", "mine")
    waiting = Waiting(due_families(user, whose), by=user)
    asked = request.GET.get("page")
    page: Page[Due] = Paginator(waiting, A_PAGE).get_page(asked)  # type: ignore[arg-type]
    mine = whose != "team"
    shown = {"page": page, "waiting": waiting, "whose": whose, "reviews": list(page.object_list)}
    shown |= {"is_mine": mine, "is_team": not mine}
    return render(request, "families/due.html", shown)


def due_families(user: User, whose: str) -> FamilyQuerySet:
    """The open families whose reviews `user` answers for: their own, or their teams'."""
    families = Family.objects.visible_to(user).open()
    if whose == "team":
        return families.led_by(user.team_ids)
    return families.filter(lead_practitioner=user)
