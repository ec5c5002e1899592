"""What beat and the worker run for the night: each safe at any time, any number at once."""

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from outcomes.calculation import nights
from outcomes.models import Night

log = logging.getLogger("leap.outcomes")
WORKERS = 2  # that share one night


@shared_task
def run_night() -> None:
    """Begin the scheduled night and send workers to it."""
    send_workers(nights.begin_due_night())


@shared_task
def work_night(night_id: int) -> None:
    """Take part in a night until nothing is left to claim."""
    nights.process_steps(night=Night.objects.get(pk=night_id))


@shared_task
def tend_night() -> None:
    """Catch up a missed night, publish complete ones, send workers to those left unfinished."""
    for night in nights.tend():
        send_workers(night)


def send_workers(night: Night) -> None:
    """Without a broker nothing is lost: the steps wait, and the tender sends again in a minute."""
    try:
        for _ in range(WORKERS):
            work_night.apply_async((night.pk,), retry=False)
    except OperationalError as error:
        log.warning("no workers sent to the night of %s: %s", night.as_at, type(error).__name__)
