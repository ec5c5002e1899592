"""Finding families: by what somebody remembers, or by who answers for them.

What is looked for names people, so it travels in the body of a request and never in an address: an
address is kept by the browser's history, by the server's log and by the next site. The words of a
search stay in the session, and its page has a key that means nothing outside of it.
"""

import logging
import secrets
import time
from typing import Any

from django.core.cache import cache
from django.core.paginator import Page
from django.db.models import Case, F, Prefetch, Value, When, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from redis.exceptions import RedisError

from families.access import access_log_actions
from families.access.loading import A_PAGE, in_order
from families.models import Family, Member
from families.people import search as finding
from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from leap.core.http import signed_in
from leap.core.ui.pagination import page_of

AT_ONCE = 8  # answers under the box while somebody types
SHORTEST = 2  # characters that are worth an answer
SEARCHES = "searches"  # in the session: what was looked for, by key, the latest last
KEPT = 10  # searches, for the back button
A_MINUTE = 240  # answers to typing; more is no human being
NOTED = "typed_at"  # in the session: when typing was last noted in the log
BETWEEN = 60  # seconds from one note to the next
log = logging.getLogger("leap.families")


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("q")
def search(request: HttpRequest) -> HttpResponse:
    """Find a family; without a question, the families the reader can see."""
    if request.method == "POST":
        return _remember(request, request.POST.get("q", "").strip())
    user = signed_in(request)
    typed = request.GET.get("q", "").strip()  # by hand; no page of ours leads there
    if "search" in request.GET:
        searches: dict[str, str] = request.session.get(SEARCHES, {})
        typed = searches.get(request.GET["search"], "")
    # Open families: those the reader leads first, then by the latest contact.
    families: Any = (
        Family.objects.visible_to(user)
        .open()
        .with_lead_at_work()
        .select_related("lead_team", "lead_practitioner")
        .order_by(
            Case(When(lead_practitioner=user, then=Value(0)), default=Value(1)),
            F("last_contact_at").desc(nulls_last=True),
            "ref",
        )
    )
    if typed:
        families = finding.search(finding.read(typed), user=user)
        access_log_actions.note_search(by=user, count=len(families))
    page: Page[Family] = page_of(families, A_PAGE, request.GET.get("page"))
    # Everyone in the families of this page, in one query, as `people`.
    page.object_list = _people_of(list(page.object_list), user)
    context = {
        "q": typed,
        "page": page,
        "capped": bool(typed) and page.paginator.count >= finding.AT_MOST,
        "may_register": user.can(Capability.HOLD_FAMILIES),
        "judges_in_a_team": bool(user.team_ids_with(Capability.JUDGE_OPENINGS)),
    }
    return render(request, "families/search.html", context)


def _remember(request: HttpRequest, typed: str) -> HttpResponse:
    """Keep what is looked for in the session, and go to the page that shows what was found."""
    page = reverse("families:search")
    if not typed:
        return redirect(page)
    key = secrets.token_hex(4)
    searches = {**request.session.get(SEARCHES, {}), key: typed[: finding.LONGEST]}
    request.session[SEARCHES] = dict(list(searches.items())[-KEPT:])
    return redirect(f"{page}?search={key}")


@require_POST
@sensitive_post_parameters("q")
def find(request: HttpRequest) -> HttpResponse:
    """The first few answers to what is typed so far, as options for the box."""
    user, typed = signed_in(request), request.POST.get("q", "").strip()
    if _too_many(user):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    families: list[Family] = []
    if len(typed) >= SHORTEST:
        families = finding.search(finding.read(typed), user=user, at_most=AT_ONCE)
        # The log notes once a minute that they look for families, not with every key.
        now = int(time.time())
        if families and now - int(request.session.get(NOTED, 0)) >= BETWEEN:
            request.session[NOTED] = now
            access_log_actions.note_search(by=user, count=len(families))
    people = _people_of(families, user)
    return render(request, "families/_options.html", {"families": people, "q": typed})


def _too_many(user: User) -> bool:
    """Whether this is more than anybody types. Where the cache is away, nobody is held up."""
    key = f"typing:{user.pk}:{int(time.time() // 60)}"
    try:
        cache.add(key, 0, timeout=120)
        return cache.incr(key) > A_MINUTE
    except (RedisError, ValueError) as error:
        log.warning("not counting answers to typing: %s", type(error).__name__)
        return False


def _people_of(families: list[Family], user: User) -> list[Family]:
    members = Member.objects.current().open_to(user).select_related("person")
    prefetch_related_objects(families, Prefetch("members", queryset=members))
    for family in families:
        family.people = in_order(family.members.all())  # type: ignore[attr-defined]
    return families
