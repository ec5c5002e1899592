"""Real requests, each of which leaves everything as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.access.routes import API

KEY = {"idempotency-key": "sent-with-nothing-in-it"}


@contextmanager
def undone() -> Iterator[None]:
    """What is written meanwhile is not."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def visit(browser: Client, method: str, address: str) -> HttpResponse:
    """GET the address, or POST nothing to it."""
    with undone(), same_cookies(browser):
        if method == "GET":
            return browser.get(address)
        if address.startswith(API):
            return browser.post(
                address, {}, "application/json", headers={"idempotency-key": "nothing-in-it"}
            )
        return browser.post(address)


@contextmanager
def same_cookies(browser: Client) -> Iterator[None]:
    before = browser.cookies.output(header="", sep="\n")
    cookies = SimpleCookie(browser.cookies.output(header=""))
    del before
    try:
        yield
    finally:
        browser.cookies = cookies
