"""What the worker runs for families."""

from celery import shared_task

from families import actions


@shared_task
def tidy_grants() -> int:
    """Take away what has lapsed. Safe to run at any time, and any number at once."""
    return actions.tidy_grants()


@shared_task
def find_possible_duplicates() -> int:
    """Compare everybody with everybody. Safe to run at any time, and any number at once."""
    return actions.note_possible_duplicates()
