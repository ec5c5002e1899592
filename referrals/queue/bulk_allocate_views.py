"""Allocating several referrals at once, from the list."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.views.decorators.http import require_POST

from leap.core.accounts.models import User
from leap.core.bulk import answer_batch, as_shown, list_to_return_to
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.http import signed_in
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from referrals.models import TO_ANSWER, Referral
from referrals.subject import with_whole_families
from referrals.transitions import receiver_actions

AT_MOST = 100


@require_POST
@idempotent_post(NOTHING_NEW)
def allocate_many(request: HttpRequest) -> HttpResponse:
    """Put one practitioner on several referrals; those that wait for an answer are accepted too.

    Each stands for itself: what cannot be done is said, and does not keep the others. What is no
    longer as the list showed it is left as it is, and whoever was given it is named.
    """
    user = signed_in(request)
    refs = request.POST.getlist("ref")[:AT_MOST]
    to = _practitioner(request.POST.get("allocated_to", ""))
    back = list_to_return_to(request, "/referrals/", resolve_url("referrals:queue"))
    if not refs or to is None or not to.is_active:
        messages.error(request, "Choose referrals, and somebody to work with the families.")
        return redirect(back)
    done = perform(request, _take_all, refs, as_shown(request), to, user)
    message, of = f"{to} now works on {{}}.", ("referral", "referrals")
    return answer_batch(request, done, success=message, of=of, back=back)


def _take_all(refs: list[str], states: dict[str, str], to: User, by: User) -> dict[str, object]:
    seen = Referral.objects.visible_to(by).filter(ref__in=refs).order_by("pk")
    beside = ("pathway", "from_team__agency", "to_team__agency", "sent_by")
    referrals = with_whole_families(seen.select_related(*beside, "allocated_to", "decided_by"))
    return {
        referral.ref: _take(referral, states.get(referral.ref, ""), to, by)
        for referral in referrals
    }


def _take(referral: Referral, state: str, to: User, by: User) -> dict[str, object] | None:
    """Accept it for `to`, or allocate what was accepted; why not, where it cannot be done.

    `state` is the status in which the list showed it, and who worked on it then."""
    status, _, whose = state.partition(" ")
    try:
        with transaction.atomic():
            if (status or referral.status) in TO_ANSWER:
                receiver_actions.accept(referral=referral, allocated_to=to, by=by)
            else:
                before = _practitioner(whose)
                receiver_actions.allocate(
                    referral=referral, allocated_to=to, instead_of=before, by=by
                )
    except (NotAllowed, Conflict) as refused:
        return {"why": str(refused), "was_first": isinstance(refused, Conflict)}
    return None


def _practitioner(ref: str) -> User | None:
    try:
        return User.objects.filter(ref=UUID(ref)).first()
    except ValueError:
        return None
