"""What a sender keeps: that it was sent, when, to whom, by when they answer, and what it said."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from leap.core.exceptions import Conflict
from leap.core.http import signed_in
from referrals.transitions.history import describe_position, notes_of
from referrals.transitions.loading import load
from referrals.transitions.preview_actions import show_family


@require_GET
def receipt(request: HttpRequest, ref: str) -> HttpResponse:
    """One page to print or to keep, for whoever reads the referral."""
    referral = load(signed_in(request), ref)
    if not referral.sent_at:
        raise Conflict("It has not been sent yet, so there is no receipt. Send it first.")
    context = {
        "referral": referral,
        "shown": show_family(request, referral),
        "where": describe_position(referral),
        "said": notes_of(referral.chain),
    }
    return render(request, "referrals/receipt.html", context)
