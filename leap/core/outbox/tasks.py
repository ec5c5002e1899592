"""What the worker runs for the outbox."""

from celery import shared_task

from leap.core.outbox import actions


@shared_task
def clear_out() -> int:
    """Drop drafts and submissions that are too old to matter."""
    return actions.clear_out()


@shared_task
def deliver_outbox() -> int:
    """Send what waits. Safe to run at any time, and any number at once."""
    return actions.deliver_waiting()
