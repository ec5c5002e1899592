"""What the worker runs for signing in."""

from celery import shared_task

from leap.core.auth import actions


@shared_task
def clear_out() -> None:
    """Sessions that have ended, and guesses that count no more."""
    actions.clear_out()
