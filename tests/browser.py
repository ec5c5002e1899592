"""A real Chromium for tests. `page` and `phone` fail a test whose pages complain in the console."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import Browser, Page, expect, sync_playwright

from leap.core.accounts.models import User
from leap.core.auth.sessions import SessionStore

# Playwright keeps an event loop in this thread, and Django would refuse queries beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PATIENCE = 120_000  # milliseconds: a busy machine is no fault
expect.set_options(timeout=PATIENCE)

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Tests ask for refusals, and go where there is no signal.
ON_PURPOSE = ("the server responded with a status of 4", "net::ERR_INTERNET_DISCONNECTED")
TABLET_AND_UP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def chromium() -> str | None:
    """Where Chromium is: CHROMIUM, then PATH."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium: install it, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


def _page(browser: Browser, address: str, viewport: dict[str, int]) -> Iterator[Page]:
    complaints: list[str] = []
    context = browser.new_context(base_url=address, viewport=viewport, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("console", lambda message: _note(message, complaints))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def _note(message: Any, complaints: list[str]) -> None:
    if message.type in ("error", "warning") and not any(
        text in message.text for text in ON_PURPOSE
    ):
        complaints.append(message.text)


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A page on a desk's screen, at the test server: `page.goto("/families/")`."""
    yield from _page(browser, live_server.url, TABLET_AND_UP)


@pytest.fixture
def phone(browser: Browser, live_server: Any) -> Iterator[Page]:
    """The same on a phone."""
    yield from _page(browser, live_server.url, PHONE)


@pytest.fixture
def sign_in_as(live_server: Any) -> Callable[[User, Page], Page]:
    """`sign_in_as(grace, page)`: the page is hers from now on, without the sign-in form."""

    def sign_in(user: User, page: Page) -> Page:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        cookie = {"name": "sessionid", "value": session.session_key, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return sign_in


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """`assert axe(page) == []`: what stands in the way of anybody, in words."""
    from axe_playwright_python.sync_playwright import Axe

    def violations(page: Page) -> list[str]:
        violations_found = Axe().run(page).response["violations"]
        return [
            f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}"
            for one in violations_found
        ]

    return violations
