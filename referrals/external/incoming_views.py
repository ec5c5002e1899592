"""A public form for people without an account, and the team's pages of what came in by it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from referrals.clocks import to_be_read
from referrals.external import incoming_actions
from referrals.external.incoming_forms import SendInForm, SettleForm
from referrals.external.throttle import too_many
from referrals.models import InboundReferral, Referral
from referrals.working_days import WorkingDays

AT_MOST = 10  # sent from one address in an hour
SHOWN = 100  # of those that were settled


@login_not_required
def send_in(request: HttpRequest) -> HttpResponse:
    """Refer a family to a team without an account. Answers with a reference, and nothing else."""
    form = SendInForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if too_many(request, "incoming", AT_MOST):
            form.add_error(None, "Too many were sent from here. Ring the team, or try in an hour.")
            return render(request, "referrals/send_in.html", {"form": form}, status=429)
        made = incoming_actions.send_in(key=_key(request), **form.cleaned_data)
        return render(request, "referrals/sent_in.html", {"ref": made.ref, "team": made.to_team})
    return render(request, "referrals/send_in.html", {"form": form})


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid4()


def incoming(request: HttpRequest) -> HttpResponse:
    """What came in from outside to my teams: first what waits, the longest waiting first."""
    mine = InboundReferral.objects.visible_to(signed_in(request)).select_related(
        "to_team", "family"
    )
    settled = mine.exclude(settled_at=None).order_by("-settled_at", "-pk")[:SHOWN]
    calendar, today = WorkingDays.read(), timezone.localdate()
    waiting = [
        (item, to_be_read(item, today, calendar))
        for item in mine.waiting().order_by("made_at", "pk")
    ]
    context = {"waiting": waiting, "settled": settled}
    return render(request, "referrals/incoming.html", context)


@idempotent_post(NOTHING_NEW)
def incoming_item(request: HttpRequest, ref: str) -> HttpResponse:
    """One of them as it was typed, and whose it is."""
    user = signed_in(request)
    seen = InboundReferral.objects.visible_to(user).select_related(
        "to_team", "family", "settled_by"
    )
    item = get_by_ref_or_404(seen, ref)
    form = SettleForm(user, sent_or_draft(request))
    if request.method == "POST" and form.is_valid():
        try:
            triage = incoming_actions.triage
            perform(request, triage, incoming=item, by=user, **form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            # To the referral that it has become, to answer it; or back to what else came in.
            onwards = Referral.objects.filter(incoming=item).first()
            if onwards is None:
                messages.success(request, f"{item.ref} is settled.")
                return redirect("referrals:incoming")
            messages.success(
                request, f"{item.ref} is now referral {onwards.ref}. It waits for your answer."
            )
            return redirect(onwards)
    made = Referral.objects.visible_to(user).filter(incoming=item).first()
    clock = to_be_read(item, timezone.localdate(), WorkingDays.read())
    context = {"item": item, "form": form, "made": made, "clock": clock}
    return render(request, "referrals/incoming_item.html", context)
