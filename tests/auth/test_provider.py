"""Signing in at the organisation's OpenID provider: a real one, in a process of its own."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import requests
from django.test import Client
from playwright.sync_api import Page, expect

from leap.core.accounts.models import User
from leap.core.audit.models import Event
from leap.core.auth import actions, one_time_codes, provider
from leap.ops.runtime.paths import ROOT
from tests.app_processes import wait_until

ID, SECRET = "leap", "a secret between the two"


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def answers(issuer: str) -> bool:
    try:
        return requests.get(f"{issuer}/keys", timeout=1).ok
    except requests.ConnectionError:
        return False


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    """The provider's address."""
    port = free_port()
    command = [sys.executable, "-m", "tests.auth.openid", str(port), ID, SECRET]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet)
    issuer = f"http://127.0.0.1:{port}"
    wait_until(lambda: answers(issuer))
    yield issuer
    process.terminate()
    process.wait(10)


@pytest.fixture
def issuer(running: str, settings) -> Iterator[str]:
    settings.OIDC_ISSUER, settings.OIDC_NAME = running, "Lambeth account"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = ID, SECRET
    settings.BASE_URL = "http://testserver"
    provider._client.cache_clear()
    yield running
    provider._client.cache_clear()


@pytest.fixture
def it_says(issuer: str) -> Callable[..., None]:
    """What the provider will say of whoever comes next."""

    def say(email: str, *, email_verified: bool = True, **more: Any) -> None:
        claims = {"email": email, "email_verified": email_verified, **more}
        requests.post(f"{issuer}/claims/", json=claims, timeout=240).raise_for_status()

    return say


def callback_address(client: Client, to: str = "") -> str:
    """Go to the provider; the address that it sends the browser back to."""
    away = client.get("/sign-in/provider/", {"next": to} if to else {})
    assert away.status_code == 302, away.content
    back = requests.get(away.url, allow_redirects=False, timeout=240)
    assert back.status_code == 302, back.text
    return str(back.headers["Location"])


def return_from_provider(client: Client, to: str = ""):
    parts = urlsplit(callback_address(client, to))
    return client.get(f"{parts.path}?{parts.query}")


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_grace_signs_in_with_her_work_account(client, grace: User, it_says):
    it_says("Grace@LEAP.example")
    assert return_from_provider(client, "/families/").url == "/families/"
    assert is_in(client)
    assert Event.objects.get(kind="sign_in.done").details == {"how": "provider"}


def test_the_provider_is_asked_with_state_nonce_and_pkce_to_come_back_to_us(client, db, issuer):
    away = client.get("/sign-in/provider/").url
    parameters = {name: values[0] for name, values in parse_qs(urlsplit(away).query).items()}
    assert parameters["redirect_uri"] == "http://testserver/sign-in/provider/back/"
    assert parameters["code_challenge_method"] == "S256"
    assert len(parameters["state"]) >= 20
    assert len(parameters["nonce"]) >= 16
    assert parameters["scope"] == "openid email"


@pytest.mark.parametrize(
    ("email", "verified"),
    [
        ("grace@leap.example", False),
        ("nobody@leap.example", True),
        ("sam@leap.example", True),
        ("", True),
    ],
)
def test_only_an_active_account_with_a_verified_address_comes_in(
    client, grace: User, sam: User, it_says, email: str, verified: bool
):
    User.objects.filter(pk=sam.pk).update(is_active=False)
    it_says(email, email_verified=verified)
    refused = return_from_provider(client)
    assert refused.status_code == 403
    assert "there is no account here for that e-mail address" in refused.content.decode()
    assert not is_in(client)
    assert User.objects.count() == 2
    assert "@" not in str(Event.objects.get(kind="sign_in.failed").details)


@pytest.mark.parametrize(
    "wrong", ["nonce", "signature", "issuer", "audience", "expired", "refused"]
)
def test_an_answer_that_is_not_right_opens_nothing(client, grace: User, it_says, wrong: str):
    it_says(grace.email, wrong=wrong)
    refused = return_from_provider(client)
    assert refused.status_code == 403
    assert "was broken off" in refused.content.decode()
    assert not is_in(client)


def test_an_answer_meant_for_another_browser_opens_nothing(client, grace: User, it_says):
    """Somebody who is sent a link that signs them in as the sender."""
    it_says(grace.email)
    parts = urlsplit(callback_address(Client()))
    assert client.get(f"{parts.path}?{parts.query}").status_code == 403
    assert not is_in(client)


def test_an_answer_works_once(client, grace: User, it_says):
    it_says(grace.email)
    parts = urlsplit(callback_address(client))
    client.get(f"{parts.path}?{parts.query}")
    client.post("/sign-out/")
    assert client.get(f"{parts.path}?{parts.query}").status_code == 403


def test_our_own_second_step_is_asked_unless_the_provider_has_asked_one(grace: User, it_says):
    key = one_time_codes.new_key()
    actions.set_up_second_factor(user=grace, key=key, code=pyotp.TOTP(key).now())
    it_says(grace.email)
    with_ours = Client()
    assert return_from_provider(with_ours, "/families/").url.startswith("/sign-in/code/?next=")
    assert not is_in(with_ours)
    it_says(grace.email, amr=["pwd", "mfa"])
    with_theirs = Client()
    assert return_from_provider(with_theirs).url == "/"
    assert is_in(with_theirs)


def test_a_manager_whose_provider_asked_a_second_factor_needs_no_other(
    client, miriam: User, it_says, settings
):
    settings.SECOND_FACTOR_REQUIRED = True
    it_says(miriam.email, amr=["mfa"])
    return_from_provider(client)
    assert is_in(client)


def test_a_provider_that_is_away_is_named_and_the_password_still_works(client, db, settings):
    settings.OIDC_ISSUER, settings.OIDC_NAME = f"http://127.0.0.1:{free_port()}", "Lambeth account"
    provider._client.cache_clear()
    answer = client.get("/sign-in/provider/")
    assert answer.status_code == 503
    assert "Lambeth account did not answer" in answer.content.decode()
    assert client.get("/sign-in/").status_code == 200


def test_without_a_provider_there_is_nothing_of_it(client, db):
    assert client.get("/sign-in/provider/").status_code == 404
    assert client.get("/sign-in/provider/back/?code=1&state=2").status_code == 404
    assert "/sign-in/provider/" not in client.get("/sign-in/").content.decode()


@pytest.mark.browser
def test_in_a_browser_it_takes_one_click(
    page: Page, axe, grace: User, it_says, settings, live_server
):
    settings.BASE_URL = live_server.url
    it_says(grace.email)
    page.goto("/sign-in/?next=/account/")
    page.get_by_role("button", name="Sign in with Lambeth account").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    assert axe(page) == []
