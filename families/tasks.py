"""What the worker runs for families."""

from celery import shared_task

from families.access import involvement_actions
from families.people import duplicate_actions


@shared_task
def tidy_grants() -> int:
    """Take away what has lapsed. Safe to run at any time, and any number at once."""
    return involvement_actions.tidy_grants()


@shared_task
def find_possible_duplicates() -> int:
    """Compare everybody with everybody. Safe to run at any time, and any number at once."""
    return duplicate_actions.note_possible_duplicates()
