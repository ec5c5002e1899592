"""What could not be delivered, and to whom: for who looks after the addresses."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from leap.administration import rules
from leap.core.http import signed_in
from leap.core.outbox import actions
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from leap.core.outbox.models import Message

SHOWN = 200


@require_GET
def undelivered(request: HttpRequest) -> HttpResponse:
    """Messages that failed and wait to be tried again, the longest waiting first."""
    rules.check_is_admin(signed_in(request))
    messages_written = Message.objects.without_body()
    failed = messages_written.waiting().filter(attempts__gt=0).order_by("made_at", "pk")
    phoned = messages_written.exclude(told_at=None).select_related("told_by")
    phoned = phoned.order_by("-told_at", "-pk")
    context = {"messages_waiting": failed[:SHOWN], "count": failed.count(), "told": phoned[:20]}
    return render(request, "administration/undelivered.html", context)


@require_POST
@idempotent_post(NOTHING_NEW)
def try_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send one as soon as a worker looks: the address has been put right."""
    user = signed_in(request)
    rules.check_is_admin(user)
    message = get_object_or_404(Message.objects.without_body(), key=key)
    perform(request, actions.try_again, message=message, by=user)
    messages.success(request, "It is tried again now. If it fails, it shows here again.")
    return redirect("administration:undelivered")


@require_POST
@idempotent_post(NOTHING_NEW)
def note_told(request: HttpRequest, key: UUID) -> HttpResponse:
    """Somebody has told them by telephone, so that it need not be sent."""
    user = signed_in(request)
    rules.check_is_admin(user)
    message = get_object_or_404(Message.objects.without_body(), key=key)
    perform(request, actions.mark_phoned, message=message, by=user)
    messages.success(request, "Recorded that you told them. It is not sent any more.")
    return redirect("administration:undelivered")
