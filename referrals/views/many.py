"""Allocating several referrals at once, from the list."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from leap.accounts.models import User
from leap.errors import Conflict, NotAllowed
from leap.http import signed_in
from leap.safekeeping.once import do_once
from referrals import actions
from referrals.models import Referral, Status

AT_MOST = 100


@require_POST
def allocate_many(request: HttpRequest) -> HttpResponse:
    """Put one practitioner on several referrals; those that wait for an answer are accepted too.

    Each stands for itself: what cannot be done is said, and does not keep the others.
    """
    user = signed_in(request)
    refs = request.POST.getlist("ref")[:AT_MOST]
    to = _practitioner(request.POST.get("allocated_to", ""))
    back = _back(request)
    if not refs or to is None:
        messages.error(request, "Choose referrals, and somebody to work with the families.")
        return redirect(back)

    def work() -> dict[str, object]:
        seen = Referral.objects.visible_to(user).filter(ref__in=refs).order_by("pk")
        beside = ("family", "pathway", "from_team__agency", "to_team__agency", "sent_by")
        outcomes = {each.ref: _take(each, to, user) for each in seen.select_related(*beside)}
        return {"refused": {ref: why for ref, why in outcomes.items() if why}, "all": len(outcomes)}

    done = do_once(request, work)
    _say(request, done, to)
    return redirect(back)


def _take(referral: Referral, to: User, by: User) -> str:
    """Accept it for `to`, or allocate what was accepted; why not, where it cannot be done."""
    waits = referral.status in (Status.SENT, Status.ACKNOWLEDGED)
    act = actions.accept if waits else actions.allocate
    try:
        with transaction.atomic():
            act(referral=referral, allocated_to=to, by=by)
    except (NotAllowed, Conflict) as refused:
        return str(refused)
    return ""


def _say(request: HttpRequest, done: dict[str, object], to: User) -> None:
    refused, every = done["refused"], done["all"]
    assert isinstance(refused, dict)
    assert isinstance(every, int)
    if taken := every - len(refused):
        word = "1 referral" if taken == 1 else f"{taken} referrals"
        messages.success(request, f"{to} now works on {word}.")
    for ref, why in refused.items():
        messages.error(request, f"{ref}: {why}")


def _practitioner(ref: str) -> User | None:
    try:
        return User.objects.filter(is_active=True, ref=UUID(ref)).first()
    except ValueError:
        return None


def _back(request: HttpRequest) -> str:
    """The list it came from, with its filters, if that is one of ours."""
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if ours and back.startswith("/referrals/") else resolve_url("referrals:queue")
