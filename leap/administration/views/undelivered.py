"""What could not be delivered, and to whom: for who looks after the addresses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from leap.administration import rules
from leap.http import signed_in
from leap.safekeeping.models import Message

SHOWN = 200


@require_GET
def undelivered(request: HttpRequest) -> HttpResponse:
    """Messages that failed and wait to be tried again, the longest waiting first."""
    rules.check_is_admin(signed_in(request))
    failed = Message.objects.filter(delivered_at=None, attempts__gt=0).order_by("made_at")
    said = {"messages_waiting": failed[:SHOWN], "count": failed.count()}
    return render(request, "administration/undelivered.html", said)
