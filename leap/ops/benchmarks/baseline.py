"""What ours is measured against: the least a Django view can do that still does the work.

Served by itself, with no middleware at all. One view writes a contact and a line about it in one
transaction; one shows twenty referrals with three queries.
"""

from uuid import uuid4

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path
from django.utils import timezone

from families.models import Contact
from leap.core.outbox.models import Message
from referrals.models import Referral

QUEUE = Template(
    "<!doctype html><title>Queue</title><table>{% for r in referrals %}<tr><td>{{ r.ref }}"
    "<td>{{ r.family.name }}<td>{{ r.from_team.name }}<td>{{ r.to_team.name }}<td>{{ r.status }}"
    "<td>{{ r.acknowledge_by }}{% endfor %}</table>{{ count }} of {{ teams }}"
)


def write(request: HttpRequest) -> HttpResponse:
    """One row and one line about it, in one transaction, through the ORM."""
    with transaction.atomic():
        contact = Contact.objects.create(
            ref=f"C-{uuid4().hex[:12]}",
            family_id=1,
            team_id=request.GET["team"],
            kind="phone",
            occurred_at=timezone.now(),
            outcome="attended",
            note=request.POST.get("note", ""),
        )
        Message.objects.create(
            to="bench@leap.example",
            subject="contact",
            body=contact.ref,
            delivered_at=timezone.now(),
        )
    return HttpResponse(contact.ref)


def read(request: HttpRequest) -> HttpResponse:
    """Twenty rows of a queue, three queries, rendered."""
    team = int(request.GET["team"])
    received = Referral.objects.filter(to_team=team)
    rows = received.select_related("family", "from_team", "to_team").order_by("acknowledge_by")[:20]
    return HttpResponse(
        QUEUE.render(
            Context(
                {
                    "referrals": rows,
                    "count": received.count(),
                    "teams": received.values("from_team").distinct().count(),
                }
            )
        )
    )


urlpatterns = [path("write/", write), path("read/", read)]
