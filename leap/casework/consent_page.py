"""What a person said to a service, and what follows when they withdraw. It meets bookings."""

from django.contrib import messages
from django.contrib.postgres.aggregates import ArrayAgg
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from families.access import rules, sharing_actions
from families.access.loading import family_for, in_order
from families.access.sharing_forms import ConsentForm
from families.models import Family
from leap.core.accounts.models import Team, User
from leap.core.exceptions import NotAllowed
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import idempotent_post, perform
from leap.core.ui.formatting import when
from sites.bookings.actions import cancel
from sites.models import EXPECTED, Booking


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post("answer", opens="families:sharing")
def record_consent(request: HttpRequest, ref: str) -> HttpResponse:
    """Agreed, declined or withdrawn. Withdrawing ends the team's work and erases nothing."""
    user = signed_in(request)
    family = family_for(user, ref)
    rules.check_is_at_work(family, user)
    # Places held in sessions to come, by reference, each with the names it is for.
    coming = (
        Booking.objects.visible_to(user)
        .live()
        .filter(family=family, session__during__endswith__gt=timezone.now())
        .filter(session__cancelled_at=None)
        .select_related("family", "session__site", "session__service")
        .annotate(names=ArrayAgg("attendances__person__given_name", filter=EXPECTED, default=[]))
        .order_by("session__during")
    )
    bookings = {booking.ref: booking for booking in coming}
    living = family.members.current().open_to(user).filter(person__died_on=None)
    form = ConsentForm(
        sent_or_draft(request),
        members=in_order(living.select_related("person")),
        teams=Team.objects.exclude(discipline__in=rules.HOLD_NO_FAMILIES).order_by("name"),
        decisions=rules.decisions_that_keep_open(family).select_related("team"),
        places=[(ref, _named(booking)) for ref, booking in bookings.items()],
    )
    if request.method != "POST" or not form.is_valid():
        return _show(request, family, form)
    try:
        perform(request, _record, family, form, bookings, user)
    except NotAllowed as refusal:  # the lead first: said beside what was typed
        form.add_error(None, str(refusal))
        return _show(request, family, form)
    messages.success(request, "What they said is on the record.")
    if not Family.objects.visible_to(user).filter(pk=family.pk).exists():
        messages.info(request, "Your team’s work with this family has ended with it.")
        return redirect("my_work")
    return redirect("families:sharing", family.ref)


def _named(booking: Booking) -> str:
    session = booking.session
    names = ", ".join(filter(None, booking.names))  # type: ignore[attr-defined]
    return f"{session.service}, {when(session.starts_at)}, {session.site}: {names}"


def _record(family: Family, form: ConsentForm, bookings: dict[str, Booking], user: User) -> None:
    for ref in form.cleaned_data.get("cancel", []) if form.is_withdrawal else []:
        cancel(booking=bookings[ref], by=user)
    sharing_actions.record_consent(family=family, by=user, **form.answered())


def _show(request: HttpRequest, family: Family, form: ConsentForm) -> HttpResponse:
    return render(request, "families/record_consent.html", {"family": family, "form": form})
