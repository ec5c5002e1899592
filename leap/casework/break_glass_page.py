"""A record opened in an emergency: asking, leaving again, and what a family's lead sees of it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from families.access.loading import FOUR_WEEKS, family_for
from families.access.opening_actions import open_family
from families.break_glass import actions
from families.break_glass.actions import FOUR_HOURS
from families.break_glass.forms import BreakGlassForm
from families.break_glass.rate_limit import TooOften
from families.break_glass.rules import check_may_break_glass, check_reads_openings
from families.models import BreakGlass, Family
from leap.core.accounts.models import User
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import idempotent_post, perform
from leap.core.rls.session import bypass_rls
from referrals.working_days import WorkingDays

A_DAY = timedelta(days=1)
LATELY = 10  # of one's own


def next_working_day(day: date) -> date:
    """The first day after `day` on which offices work: when an opening is to be judged."""
    return WorkingDays.read().after(day + A_DAY, 0)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post("emergency opening", route="families:break_glass {family.ref}", within=FOUR_HOURS)
def break_glass(request: HttpRequest) -> HttpResponse:
    """Who needs a record now names it exactly and says why; only then is anything looked up."""
    user = signed_in(request)
    check_may_break_glass(user)
    form = BreakGlassForm(sent_or_draft(request))
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form, user)
    try:
        family = actions.find_in_emergency(wanted=form.identified(), by=user)
        if family is None:
            return _ask(request, form, user, not_found=True)
        reason = form.cleaned_data["reason"]
        if family.seen:  # type: ignore[attr-defined]  # annotated by find
            messages.info(request, "You can see this family’s record already.")
        else:
            perform(
                request,
                actions.break_glass,
                family=family,
                reason=reason,
                by=user,
                review_by=next_working_day(timezone.localdate()),
            )
    except TooOften as refused:
        actions.note_rate_limited(by=user)
        form.add_error(None, str(refused))
        return _ask(request, form, user)
    return redirect("families:family", family.ref)


def _ask(
    request: HttpRequest, form: BreakGlassForm, user: User, not_found: bool = False
) -> HttpResponse:
    mine = BreakGlass.objects.filter(practitioner=user).order_by("-at", "-pk")
    with bypass_rls("a practitioner reads what became of their own openings"):
        lately = list(mine.select_related("family", "involvement")[:LATELY])
    context = {"form": form, "not_found": not_found, "lately": lately, "now": timezone.now()}
    return render(request, "families/break_glass.html", context)


@require_POST
def end_break_glass(request: HttpRequest, ref: str) -> HttpResponse:
    """Give it back early."""
    user = signed_in(request)
    actions.end_break_glass(family=family_for(user, ref), by=user)
    messages.success(request, "You have given the record back. A manager will still judge it.")
    return redirect("families:break_glass")


@require_GET
def emergency_openings(request: HttpRequest, ref: str) -> HttpResponse:
    """For those who lead the family: each time it was opened in an emergency, and the judgement."""
    user = signed_in(request)
    family = open_family(request, ref)
    check_reads_openings(family, user)
    broken = family.broken_into.select_related("practitioner", "reviewed_by", "involvement")
    context = {"family": family, "openings": broken.order_by("-at", "-pk"), "now": timezone.now()}
    return render(request, "families/emergencies.html", context)


def recent_emergencies(family: Family, user: User) -> Iterable[BreakGlass]:
    """For those who lead the family: the latest times it was opened in an emergency."""
    lately: bool = family.opened_in_emergencies  # type: ignore[attr-defined]  # by family_for
    if not lately or why_not(check_reads_openings, family, user):
        return []
    broken = family.broken_into.filter(at__gt=timezone.now() - FOUR_WEEKS)
    return broken.select_related("practitioner", "involvement").order_by("-at", "-pk")[:3]


def emergencies_of(user: User) -> list[BreakGlass]:
    """The latest openings in an emergency of families that this practitioner leads."""
    broken = BreakGlass.objects.filter(
        family__lead_practitioner=user, at__gt=timezone.now() - FOUR_WEEKS
    )
    return list(broken.select_related("family", "practitioner").order_by("-at", "-pk")[:3])
