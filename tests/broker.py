"""Pointing Celery to another broker for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from leap.celery import app

NOWHERE = "redis://127.0.0.1:1/0"


@contextmanager
def broker_at(address: str) -> Iterator[None]:
    """Publish to the broker at `address` inside the block."""
    usual = app.conf.broker_url
    app.conf.broker_url = address
    app._after_fork()  # drops the connections it keeps
    try:
        yield
    finally:
        app.conf.broker_url = usual
        app._after_fork()
