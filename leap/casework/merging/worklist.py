"""Possible duplicates across agencies: what the data quality officer looks at, and decides."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from families.models import Member, Person, PossibleDuplicate
from families.people import duplicate_actions
from families.people.rules import check_decides_on_duplicates
from leap.core.accounts.models import User
from leap.core.http import signed_in
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from leap.core.rls.session import bypass_rls
from leap.core.ui.pagination import page_of

A_PAGE = 20


@dataclass(frozen=True)
class Side:
    """What is needed of one of two records to decide: who, and which team leads. No address, no
    reference, nothing of what is done with them."""

    name: str
    role: str
    person: Person
    team: str


@dataclass(frozen=True)
class WorklistRow:
    """Two records beside each other."""

    pair: PossibleDuplicate
    one: Side
    other: Side


@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """Those to decide, the likeliest first."""
    user = signed_in(request)
    check_decides_on_duplicates(user)
    with bypass_rls("whoever decides on duplicates sees neither family, and of each what it takes"):
        waiting = PossibleDuplicate.objects.to_decide().select_related("one", "other")
        ordered = waiting.order_by("-weight", "pk")
        page: Page[PossibleDuplicate] = page_of(ordered, A_PAGE, request.GET.get("page"))
        pairs = list(page.object_list)
        people = {person for pair in pairs for person in (pair.one_id, pair.other_id)}
        members = (
            Member.objects.current().filter(person__in=people).select_related("family__lead_team")
        )
        of_person = {member.person_id: member for member in members.order_by("-family__closed_at")}
        rows = [
            WorklistRow(
                pair,
                _side(pair.one, of_person[pair.one_id]),
                _side(pair.other, of_person[pair.other_id]),
            )
            for pair in pairs
            if pair.one_id in of_person and pair.other_id in of_person
        ]
    duplicate_actions.note_duplicates_listed(by=user, rows=len(rows))
    return render(request, "merging/duplicates.html", {"page": page, "shown": rows})


def _side(person: Person, member: Member) -> Side:
    team = member.family.lead_team
    led_by = str(team) if team else "No team leads it"
    return Side(person.name, member.get_role_display(), person, led_by)


@require_POST
@idempotent_post(NOTHING_NEW)
def ask_both(request: HttpRequest, pair: str) -> HttpResponse:
    """Have the two teams get in touch with each other."""
    user, two = signed_in(request), _pair(request, pair)
    perform(request, duplicate_actions.ask_both_teams, pair=two, by=user)
    messages.success(request, "Both teams have been asked to get in touch with each other.")
    return redirect("merging:duplicates")


@require_POST
@idempotent_post(NOTHING_NEW)
def are_two(request: HttpRequest, pair: str) -> HttpResponse:
    """They are two people, and this is remembered."""
    user, two = signed_in(request), _pair(request, pair)
    perform(request, duplicate_actions.decide_they_are_two, pair=two, by=user)
    messages.success(request, "Recorded: they are two people.")
    return redirect("merging:duplicates")


def _pair(request: HttpRequest, ref: str) -> PossibleDuplicate:
    user: User = signed_in(request)
    check_decides_on_duplicates(user)
    with bypass_rls("whoever decides on duplicates sees neither family"):
        pair = PossibleDuplicate.objects.filter(ref=ref).select_related("one", "other").first()
    if pair is None:
        raise Http404
    return pair
