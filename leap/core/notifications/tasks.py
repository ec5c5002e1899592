"""What the worker runs for notices."""

from celery import shared_task
from django.utils import timezone

from leap.core.notifications import actions


@shared_task
def send_digests() -> int:
    """Send this morning's e-mails that have not gone yet. Safe to run at any time."""
    return actions.send_digests(now=timezone.now())


@shared_task
def clear_out() -> int:
    """Throw away what is too old to be shown."""
    return actions.clear_out(now=timezone.now())
