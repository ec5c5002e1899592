"""What the worker runs for requests: each safe at any time, any number at once."""

from celery import shared_task
from django.utils import timezone

from leap.governance.subject_access import actions
from leap.governance.subject_access.models import SubjectAccessRequest


@shared_task
def gather_for(request_id: int) -> None:
    """Gather the record for one request."""
    actions.gather(request=SubjectAccessRequest.objects.get(pk=request_id))


@shared_task
def tend() -> None:
    """Gather what a stopped broker kept from being gathered, and throw away what has expired."""
    for request in SubjectAccessRequest.objects.filter(
        status=SubjectAccessRequest.Status.GATHERING
    ):
        actions.gather(request=request)
    actions.delete_copies(on=timezone.localdate())
