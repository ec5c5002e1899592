"""One page with everything that can change in a family, and what has."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from families.access.opening_actions import open_family
from leap.casework.life_events import rules
from leap.core.exceptions import why_not
from leap.core.http import signed_in


@require_GET
def changes(request: HttpRequest, ref: str) -> HttpResponse:
    """A birth, a death, somebody leaving, a move, closing: where to record each."""
    user, family = signed_in(request), open_family(request, ref)
    losses = family.losses.filter(person__in=family.members.open_to(user).values("person"))
    today = family.members.current().open_to(user).select_related("person")
    left = family.members.open_to(user).exclude(pk__in=today).select_related("person")
    context = {
        "family": family,
        "losses": losses.select_related("person").order_by("-on"),
        "left": left.order_by("-left_on"),
        "moves": family.moves_out.select_related("by", "ended_by").order_by("-asked_at"),
        "may_record": why_not(rules.check_can_record, family, user) is None,
        "may_end": why_not(rules.check_can_end, family, user) is None,
        "may_reopen": why_not(rules.check_can_reopen, family, user) is None,
    }
    return render(request, "life/changes.html", context)
