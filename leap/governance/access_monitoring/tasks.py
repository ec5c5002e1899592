"""What beat and the worker run for the watch."""

from celery import shared_task

from leap.governance.access_monitoring import detection


@shared_task
def look_through_openings() -> int:
    """Ask about yesterday's odd openings, and those of days that were missed."""
    return detection.look_through_missed()
